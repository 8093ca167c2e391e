import { useMutation } from '@tanstack/react-query';
import { router } from 'expo-router';
import { anonymousApi, answerOf } from '@/api/client';
import { failureFromError } from '@/api/failure';
import { Button } from '@/components/button';
import { FailurePanel } from '@/components/failure-panel';
import { Message } from '@/components/message';
import { Screen, ScreenHeader } from '@/components/screen';
import { useMailedToken } from '@/lib/use-mailed-token';
import { useScreenTitle } from '@/lib/use-screen-title';
import { useNoteProfile } from '@/state/queries/account';

/**
 * Opened from the mail, maybe on a device that knows nothing of the account. Somebody else may have made that, by
 * mistake or on purpose: whoever just opens links must not vouch for them.
 */
export function VerifyEmailScreen() {
  useScreenTitle('Your e-mail address');
  const token = useMailedToken();
  const noteProfile = useNoteProfile();
  const { mutate, error, isSuccess, isPending } = useMutation({
    mutationFn: (presented: string) =>
      answerOf(anonymousApi.POST('/auth/email/verify', { body: { token: presented } })),
    onSuccess: () => noteProfile({ email_verified: true }),
  });

  const isRefused = error !== null && failureFromError(error).kind === 'form';
  return (
    <Screen header={<ScreenHeader title="Your e-mail address" onBack={() => router.replace('/')} />}>
      {isSuccess ? (
        <Message
          icon="check-circle"
          tone="good"
          title="Your address is confirmed"
          text="If you ever forget your password, a new one can be had by mail."
          testID="email-verified"
        >
          <Button mode="contained" onPress={() => router.replace('/patterns')}>
            To the patterns
          </Button>
        </Message>
      ) : !token || isRefused ? (
        <Message
          icon="alert-circle-outline"
          tone="bad"
          title="This link does not work any more"
          text="It was used before, or it is too old. Your profile sends you a new one."
          testID="verification-refused"
        >
          <Button mode="contained" onPress={() => router.replace('/profile')}>
            To your profile
          </Button>
        </Message>
      ) : error ? (
        <FailurePanel error={error} onRetry={() => mutate(token)} />
      ) : (
        <Message
          icon="account-outline"
          title="Did you make this account?"
          text="Somebody made a bugdrill account with the address that this link was mailed to. If it was you, confirm that the address is yours."
          testID="verification-question"
        >
          <Button
            mode="contained"
            onPress={() => mutate(token)}
            loading={isPending}
            disabled={isPending}
            testID="confirm-email"
          >
            Yes, it is mine
          </Button>
          <Button onPress={() => router.replace('/forgot-password')} disabled={isPending} testID="not-mine">
            No: take it over by a new password
          </Button>
        </Message>
      )}
    </Screen>
  );
}

import { router } from 'expo-router';
import { useState } from 'react';
import { anonymousApi, answerOf } from '@/api/client';
import { Button } from '@/components/button';
import { Form } from '@/components/form/form';
import { FormField } from '@/components/form/form-field';
import { FormIntro } from '@/components/form/form-intro';
import { SubmitButton } from '@/components/form/submit-button';
import { useSubmission } from '@/components/form/use-submission';
import { Message } from '@/components/message';
import { Screen, ScreenHeader } from '@/components/screen';
import { checkNewPassword } from '@/lib/check-fields';
import { useMailedToken } from '@/lib/use-mailed-token';
import { useScreenTitle } from '@/lib/use-screen-title';

export function ResetPasswordScreen() {
  useScreenTitle('New password');
  const token = useMailedToken();
  const [isDone, setDone] = useState(false);
  return (
    <Screen header={<ScreenHeader title="New password" onBack={() => router.replace('/')} />}>
      {isDone ? (
        <Message
          icon="check-circle"
          tone="good"
          title="Your password is changed"
          text="All devices are logged out. Log in with the new password."
          testID="password-reset"
        >
          <Button mode="contained" onPress={() => router.replace('/log-in')} testID="to-log-in">
            Log in
          </Button>
        </Message>
      ) : token ? (
        <ResetForm token={token} onDone={() => setDone(true)} />
      ) : (
        <Message
          icon="alert-circle-outline"
          tone="bad"
          title="The link is not complete"
          text="Open it again from the mail, or have a new one sent."
          testID="link-incomplete"
        >
          <Button mode="contained" onPress={() => router.replace('/forgot-password')}>
            Send a new link
          </Button>
        </Message>
      )}
    </Screen>
  );
}

function ResetForm({ token, onDone }: { token: string; onDone: () => void }) {
  const [password, setPassword] = useState('');
  const form = useSubmission();
  const isTooOld = form.failure?.kind === 'form' && form.failure.refusal.code === 'token_invalid';

  const submit = () =>
    form.submit(async () => {
      await answerOf(anonymousApi.POST('/auth/password/reset', { body: { token, password } }));
      onDone();
    }, [checkNewPassword(password)]);

  return (
    <>
      <FormIntro text="Choose a new password for your account. It logs out all your devices." />
      <Form label="New password" form={form} onSubmit={submit}>
        <FormField
          kind="new-password"
          label="New password"
          value={password}
          onChangeText={setPassword}
          autoFocus
          testID="password"
        />
        <SubmitButton label="Change the password" testID="reset-password" />
        {isTooOld && (
          <Button onPress={() => router.replace('/forgot-password')} testID="new-link">
            Send a new link
          </Button>
        )}
      </Form>
    </>
  );
}

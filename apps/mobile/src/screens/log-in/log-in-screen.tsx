import { Redirect, router, useLocalSearchParams } from 'expo-router';
import { useRef, useState } from 'react';
import type { TextInput } from 'react-native';
import { anonymousApi, answerOf } from '@/api/client';
import { Button } from '@/components/button';
import { Form } from '@/components/form/form';
import { FormField } from '@/components/form/form-field';
import { FormIntro } from '@/components/form/form-intro';
import { SubmitButton } from '@/components/form/submit-button';
import { useSubmission } from '@/components/form/use-submission';
import { Screen, ScreenHeader } from '@/components/screen';
import { checkEmail, checkPresent } from '@/lib/check-fields';
import { goBack } from '@/lib/go-back';
import { useScreenTitle } from '@/lib/use-screen-title';
import { bearer, logInBy } from '@/state/log-in';
import { useProfile } from '@/state/queries/account';
import { useHasAccount, useSessionStore } from '@/state/session';
import { ProviderButtons } from './provider-buttons';
import { SecondFactorStep } from './second-factor-step';
import { useLogInResult } from './use-log-in-result';

export function LogInScreen() {
  const hasAccount = useHasAccount();
  // Not what it becomes by logging in here.
  const [wasLoggedIn] = useState(hasAccount);
  const { parent, from, request, settle, restart } = useLogInResult();
  const { again } = useLocalSearchParams<{ again?: string }>();
  if (wasLoggedIn && !again) return <Redirect href="/profile" />;
  if (request) return <SecondFactorStep request={request} onLoggedIn={settle} onRestart={restart} />;
  return (
    <Screen header={<ScreenHeader title="Log in" onBack={() => goBack(parent)} />}>
      <LogInForm onLoggedIn={settle} from={from} />
      <ProviderButtons returnTo={String(parent)} onLoggedIn={settle} />
    </Screen>
  );
}

interface LogInFormProps {
  onLoggedIn: ReturnType<typeof useLogInResult>['settle'];
  from: string | undefined;
}

function LogInForm({ onLoggedIn, from }: LogInFormProps) {
  useScreenTitle('Log in');
  const isTrial = useSessionStore((state) => state.isTrial);
  // Who logs in once more does so with the same account.
  const known = useProfile().data?.email ?? '';
  const [typed, setEmail] = useState<string | null>(null);
  const email = typed ?? known;
  const [password, setPassword] = useState('');
  const passwordField = useRef<TextInput>(null);
  const form = useSubmission({
    credentials_invalid: 'The password is not right, or there is no account with this address.',
  });

  const submit = () =>
    form.submit(async () => {
      const body = { email: email.trim(), password };
      onLoggedIn(
        await logInBy((trialToken) =>
          answerOf(anonymousApi.POST('/auth/login', { body, headers: bearer(trialToken) })),
        ),
      );
    }, [checkEmail(email), checkPresent(password, 'password_missing')]);

  return (
    <>
      <FormIntro
        text={
          isTrial
            ? 'What you did in this trial is added to your account.'
            : 'Your progress is kept in your account, for all your devices.'
        }
      />
      <Form label="Log in" onSubmit={submit}>
        <FormField
          kind="email"
          label="E-mail"
          value={email}
          onChangeText={setEmail}
          onSubmit={submit}
          form={form}
          name="email"
          next={passwordField}
          testID="email"
        />
        <FormField
          kind="password"
          label="Password"
          value={password}
          onChangeText={setPassword}
          onSubmit={submit}
          form={form}
          name="password"
          ref={passwordField}
          testID="password"
        />
        <SubmitButton label="Log in" onPress={submit} form={form} testID="log-in-button" />
        <Button onPress={() => router.push('/forgot-password')} testID="forgot-password">
          Forgot your password?
        </Button>
        <Button
          onPress={() => router.replace({ pathname: '/sign-up', params: { from } })}
          testID="to-sign-up"
        >
          New here? Sign up
        </Button>
      </Form>
    </>
  );
}

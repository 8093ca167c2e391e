import { Redirect, router } from 'expo-router';
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
import { checkEmail, checkNewPassword, passwordHint } from '@/lib/check-fields';
import { goBack } from '@/lib/go-back';
import { useScreenTitle } from '@/lib/use-screen-title';
import { ProviderButtons } from '@/screens/log-in/provider-buttons';
import { SecondFactorStep } from '@/screens/log-in/second-factor-step';
import { useLogInResult } from '@/screens/log-in/use-log-in-result';
import { bearer, logInBy } from '@/state/log-in';
import { useHasAccount, useSessionStore } from '@/state/session';

export function SignUpScreen() {
  const hasAccount = useHasAccount();
  // Not what it becomes by signing up here.
  const [wasLoggedIn] = useState(hasAccount);
  const { parent, from, request, settle, restart } = useLogInResult();
  if (wasLoggedIn) return <Redirect href="/profile" />;
  // A provider may know the learner from an account that has a second factor.
  if (request) return <SecondFactorStep request={request} onLoggedIn={settle} onRestart={restart} />;
  return (
    <Screen header={<ScreenHeader title="Sign up" onBack={() => goBack(parent)} />}>
      <SignUpForm onSignedUp={settle} from={from} />
      <ProviderButtons returnTo={String(parent)} onLoggedIn={settle} />
    </Screen>
  );
}

interface SignUpFormProps {
  onSignedUp: ReturnType<typeof useLogInResult>['settle'];
  from: string | undefined;
}

function SignUpForm({ onSignedUp, from }: SignUpFormProps) {
  useScreenTitle('Sign up');
  const isTrial = useSessionStore((state) => state.isTrial);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const passwordField = useRef<TextInput>(null);
  const form = useSubmission();

  const submit = () =>
    form.submit(async () => {
      const body = { email: email.trim(), password };
      onSignedUp(
        await logInBy((trialToken) =>
          answerOf(anonymousApi.POST('/auth/signup', { body, headers: bearer(trialToken) })),
        ),
      );
    }, [checkEmail(email), checkNewPassword(password)]);

  return (
    <>
      <FormIntro
        text={
          isTrial
            ? 'All snippets are open to you with an account. What you did in this trial comes along.'
            : 'With an account all snippets are open to you, and your progress is on all your devices.'
        }
      />
      <Form label="Sign up" onSubmit={submit}>
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
          kind="new-password"
          label="Password"
          value={password}
          onChangeText={setPassword}
          onSubmit={submit}
          hint={passwordHint}
          form={form}
          name="newPassword"
          ref={passwordField}
          testID="password"
        />
        <SubmitButton label="Sign up" onPress={submit} form={form} testID="sign-up-button" />
        <Button onPress={() => router.replace({ pathname: '/log-in', params: { from } })} testID="to-log-in">
          You have an account? Log in
        </Button>
      </Form>
    </>
  );
}

import { Redirect, useLocalSearchParams } from 'expo-router';
import { type ReactNode, useRef, useState } from 'react';
import type { TextInput } from 'react-native';
import type { LogInCall } from '@/api/session';
import { Form } from '@/components/form/form';
import { FormField } from '@/components/form/form-field';
import { FormIntro } from '@/components/form/form-intro';
import { SubmitButton } from '@/components/form/submit-button';
import { useSubmission } from '@/components/form/use-submission';
import { Screen, ScreenHeader } from '@/components/screen';
import { pathFrom } from '@/lib/account-links';
import { checkEmail, checkNewPassword, checkPresent } from '@/lib/check-fields';
import { goBack } from '@/lib/go-back';
import { useScreenTitle } from '@/lib/use-screen-title';
import { bearer, type LogInResult, logInBy } from '@/state/log-in';
import { useProfile } from '@/state/queries/account';
import { useHasAccount } from '@/state/session';
import { ProviderButtons } from './provider-buttons';
import { SecondFactorStep } from './second-factor-step';
import { useLogInResult } from './use-log-in-result';

interface CredentialsFormProps {
  title: string;
  intro: string;
  /** The account's, or a new one, which has to keep the rules. */
  passwordKind: 'password' | 'new-password';
  send: (
    credentials: { email: string; password: string },
    headers: ReturnType<typeof bearer>,
  ) => ReturnType<LogInCall>;
  submitTestID: string;
  /** What else can be done, below the button. */
  children: ReactNode;
}

interface CredentialsScreenProps extends CredentialsFormProps {
  /** Whether somebody who is logged in shows that it is still them. */
  isOnceMore?: boolean;
}

/** Log-in and sign-up: by e-mail and password, or by a provider. */
export function CredentialsScreen({ isOnceMore = false, ...form }: CredentialsScreenProps) {
  const hasAccount = useHasAccount();
  // Not what it becomes by logging in here.
  const [wasLoggedIn] = useState(hasAccount);
  const parent = pathFrom(useLocalSearchParams<{ from?: string }>().from);
  const { request, settle, restart } = useLogInResult(() => goBack(parent));
  if (wasLoggedIn && !isOnceMore) return <Redirect href="/profile" />;
  // At sign-up too: a provider may know the learner from an account that has one.
  if (request) return <SecondFactorStep request={request} onLoggedIn={settle} onRestart={restart} />;
  return (
    <Screen header={<ScreenHeader title={form.title} onBack={() => goBack(parent)} />}>
      <CredentialsForm {...form} onLoggedIn={settle} />
      {!isOnceMore && <ProviderButtons returnTo={String(parent)} onLoggedIn={settle} />}
    </Screen>
  );
}

function CredentialsForm({
  title,
  intro,
  passwordKind,
  send,
  submitTestID,
  children,
  onLoggedIn,
}: CredentialsFormProps & { onLoggedIn: (result: LogInResult) => void }) {
  useScreenTitle(title);
  // Who logs in once more does so with the same account.
  const known = useProfile().data?.email ?? '';
  const [typed, setEmail] = useState<string | null>(null);
  const email = typed ?? known;
  const [password, setPassword] = useState('');
  const passwordField = useRef<TextInput>(null);
  const form = useSubmission({
    credentials_invalid: 'The password is not right, or there is no account with this address.',
  });
  const wrong = [
    checkEmail(email),
    passwordKind === 'password' ? checkPresent(password, 'password_missing') : checkNewPassword(password),
  ];

  const submit = () =>
    form.submit(async () => {
      const credentials = { email: email.trim(), password };
      onLoggedIn(await logInBy((trialToken) => send(credentials, bearer(trialToken))));
    }, wrong);

  return (
    <>
      <FormIntro text={intro} />
      <Form label={title} form={form} onSubmit={submit}>
        <FormField
          kind="email"
          label="E-mail"
          value={email}
          onChangeText={setEmail}
          next={passwordField}
          testID="email"
        />
        <FormField
          kind={passwordKind}
          label="Password"
          value={password}
          onChangeText={setPassword}
          ref={passwordField}
          testID="password"
        />
        <SubmitButton label={title} testID={submitTestID} />
        {children}
      </Form>
    </>
  );
}

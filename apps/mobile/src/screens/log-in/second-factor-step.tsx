import { useState } from 'react';
import { anonymousApi, answerOf } from '@/api/client';
import type { SecondFactorRequest } from '@/api/types';
import { Button } from '@/components/button';
import { Form } from '@/components/form/form';
import { FormField } from '@/components/form/form-field';
import { FormIntro } from '@/components/form/form-intro';
import { SubmitButton } from '@/components/form/submit-button';
import { useSubmission } from '@/components/form/use-submission';
import { Screen, ScreenHeader } from '@/components/screen';
import { checkPresent } from '@/lib/check-fields';
import { useScreenTitle } from '@/lib/use-screen-title';
import { type LogInResult, logInBy } from '@/state/log-in';

interface SecondFactorStepProps {
  request: SecondFactorRequest;
  onLoggedIn: (result: LogInResult) => void;
  onRestart: () => void;
}

/** Asks for the second factor after the password, or for a recovery code in its place. */
export function SecondFactorStep({ request, onLoggedIn, onRestart }: SecondFactorStepProps) {
  useScreenTitle('Second factor');
  const [usesRecoveryCode, setUsesRecoveryCode] = useState(false);
  const [code, setCode] = useState('');
  const form = useSubmission(
    usesRecoveryCode ? { code_invalid: 'This code is not right, or it was used before.' } : {},
  );

  const submit = () =>
    form.submit(async () => {
      const body = { mfa_token: request.mfa_token, code: code.trim() };
      onLoggedIn(await logInBy(() => answerOf(anonymousApi.POST('/auth/login/second-factor', { body }))));
    }, [checkPresent(code, 'code_missing')]);

  return (
    <Screen header={<ScreenHeader title="Second factor" onBack={onRestart} />}>
      <FormIntro
        text={
          usesRecoveryCode
            ? 'Type one of the recovery codes that you kept when you set up the second factor. Each works once.'
            : 'Type the six digits that your authenticator app shows for bugdrill.'
        }
      />
      <Form label="Second factor" form={form} onSubmit={submit}>
        <FormField
          key={usesRecoveryCode ? 'recovery' : 'code'}
          kind={usesRecoveryCode ? 'recovery-code' : 'code'}
          label={usesRecoveryCode ? 'Recovery code' : 'Code'}
          value={code}
          onChangeText={setCode}
          autoFocus
          testID="second-factor-code"
        />
        <SubmitButton label="Log in" testID="second-factor-submit" />
        <Button
          onPress={() => {
            setUsesRecoveryCode(!usesRecoveryCode);
            setCode('');
          }}
          testID="use-recovery-code"
        >
          {usesRecoveryCode ? 'Use the authenticator app' : 'Use a recovery code'}
        </Button>
      </Form>
    </Screen>
  );
}

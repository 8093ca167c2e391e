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
import { checkEmail } from '@/lib/check-fields';
import { goBack } from '@/lib/go-back';
import { useScreenTitle } from '@/lib/use-screen-title';

export function ForgotPasswordScreen() {
  useScreenTitle('Forgot your password?');
  const [email, setEmail] = useState('');
  const [isSent, setSent] = useState(false);
  const form = useSubmission();

  const submit = () =>
    form.submit(async () => {
      await answerOf(anonymousApi.POST('/auth/password/forgot', { body: { email: email.trim() } }));
      setSent(true);
    }, [checkEmail(email)]);

  return (
    <Screen header={<ScreenHeader title="Forgot your password?" onBack={() => goBack('/log-in')} />}>
      {isSent ? (
        <Message
          icon="email-outline"
          title="Look into your mail"
          text={`If there is an account with the address ${email.trim()}, a link to choose a new password is on its way. It works for an hour.`}
          testID="reset-mail-sent"
        >
          <Button mode="contained-tonal" onPress={() => goBack('/log-in')}>
            Back to log-in
          </Button>
        </Message>
      ) : (
        <>
          <FormIntro text="Tell us the address of your account, and we mail you a link to choose a new password." />
          <Form label="Forgot your password?" form={form} onSubmit={submit}>
            <FormField kind="email" label="E-mail" value={email} onChangeText={setEmail} testID="email" />
            <SubmitButton label="Send the link" testID="send-reset-link" />
          </Form>
        </>
      )}
    </Screen>
  );
}

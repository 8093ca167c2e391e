import { useRef, useState } from 'react';
import type { TextInput } from 'react-native';
import { answerOf, api } from '@/api/client';
import type { Profile } from '@/api/types';
import { Button } from '@/components/button';
import { Form } from '@/components/form/form';
import { FormField } from '@/components/form/form-field';
import { FormIntro } from '@/components/form/form-intro';
import { SubmitButton } from '@/components/form/submit-button';
import { useSubmission } from '@/components/form/use-submission';
import { Message } from '@/components/message';
import { checkNewPassword, checkPresent } from '@/lib/check-fields';
import { goBack } from '@/lib/go-back';
import { useNoteProfile } from '@/state/queries/account';
import { AccountScreenFrame } from './account-screen-frame';
import { FreshLogIn } from './fresh-log-in';

export function PasswordScreen() {
  const [isDone, setDone] = useState(false);
  return (
    <AccountScreenFrame title="Password">
      {(profile) =>
        isDone ? (
          <Message
            icon="check-circle"
            tone="good"
            title="Your password is changed"
            text="Your other devices are logged out."
            testID="password-changed"
          >
            <Button mode="contained" onPress={() => goBack('/profile')}>
              Back to your profile
            </Button>
          </Message>
        ) : (
          <PasswordForm profile={profile} onDone={() => setDone(true)} />
        )
      }
    </AccountScreenFrame>
  );
}

function PasswordForm({ profile, onDone }: { profile: Profile; onDone: () => void }) {
  const hasPassword = profile.has_password;
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const newField = useRef<TextInput>(null);
  const noteProfile = useNoteProfile();
  const form = useSubmission();

  const submit = () =>
    form.submit(async () => {
      const body = { new_password: password, ...(hasPassword && { current_password: current }) };
      await answerOf(api.POST('/auth/password', { body }));
      onDone();
      noteProfile({ has_password: true });
    }, [hasPassword ? checkPresent(current, 'password_missing') : null, checkNewPassword(password)]);

  return (
    <>
      <FormIntro
        text={
          hasPassword
            ? 'Changing it logs out your other devices.'
            : 'Your account has no password yet. With one you can also log in with your e-mail address.'
        }
      />
      <Form label="Password" form={form} onSubmit={submit}>
        {hasPassword && (
          <FormField
            kind="password"
            label="Current password"
            value={current}
            onChangeText={setCurrent}
            next={newField}
            testID="current-password"
          />
        )}
        <FormField
          kind="new-password"
          label="New password"
          value={password}
          onChangeText={setPassword}
          ref={newField}
          testID="new-password"
        />
        <SubmitButton
          label={hasPassword ? 'Change the password' : 'Set the password'}
          testID="change-password"
        />
      </Form>
      <FreshLogIn form={form} profile={profile} returnTo="/account/password" />
    </>
  );
}

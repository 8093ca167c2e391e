import { router } from 'expo-router';
import { useState } from 'react';
import { answerOf, api, sessionHeaders } from '@/api/client';
import type { Profile } from '@/api/types';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Form } from '@/components/form/form';
import { FormField } from '@/components/form/form-field';
import { FormIntro } from '@/components/form/form-intro';
import { SubmitButton } from '@/components/form/submit-button';
import { useSubmission } from '@/components/form/use-submission';
import { checkPresent } from '@/lib/check-fields';
import { forgetAccount } from '@/state/reset-device';
import { AccountScreenFrame } from './account-screen-frame';
import { FreshLogIn } from './fresh-log-in';

export function DeleteAccountScreen() {
  return (
    <AccountScreenFrame title="Delete your account" parent="/account/data">
      {(profile) => <DeleteForm profile={profile} />}
    </AccountScreenFrame>
  );
}

function DeleteForm({ profile }: { profile: Profile }) {
  const hasPassword = profile.has_password;
  const [password, setPassword] = useState('');
  const [isAsking, setAsking] = useState(false);
  const form = useSubmission();

  /** The last question comes only when all else is there. */
  const ask = () =>
    form.submit(
      async () => setAsking(true),
      [hasPassword ? checkPresent(password, 'password_missing') : null],
    );

  const remove = () =>
    form.submit(async () => {
      const body = hasPassword ? { password } : {};
      await answerOf(api.DELETE('/auth/me', { body, headers: sessionHeaders }));
      await forgetAccount();
      router.dismissTo('/');
    });

  return (
    <>
      <FormIntro
        text={`Your account${profile.email ? ` (${profile.email})` : ''}, your progress and all code that you sent will be removed from this server. Nobody can bring them back.`}
      />
      <Form label="Delete your account" form={form} onSubmit={ask}>
        {hasPassword && (
          <FormField
            kind="password"
            label="Password"
            value={password}
            onChangeText={setPassword}
            testID="password"
          />
        )}
        <SubmitButton label="Delete for good" isDangerous testID="delete-account" />
      </Form>
      <FreshLogIn form={form} profile={profile} returnTo="/account/delete" />
      <ConfirmDialog
        isOpen={isAsking}
        title="Delete your account?"
        message="Everything that you did here will be gone. This can't be undone."
        confirmLabel="Delete"
        isDangerous
        onClose={() => setAsking(false)}
        onConfirm={() => void remove()}
      />
    </>
  );
}

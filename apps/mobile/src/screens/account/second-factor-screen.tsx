import { useState } from 'react';
import { answerOf, api } from '@/api/client';
import type { Profile } from '@/api/types';
import { Form } from '@/components/form/form';
import { FormIntro } from '@/components/form/form-intro';
import { SubmitButton } from '@/components/form/submit-button';
import { useSubmission } from '@/components/form/use-submission';
import { useNoteProfile } from '@/state/queries/account';
import { AccountScreenFrame } from './account-screen-frame';
import { FreshLogIn } from './fresh-log-in';
import { RecoveryCodes } from './recovery-codes';
import { SecondFactorOn } from './second-factor-on';
import { type SecondFactorSecret, SecondFactorSetUp } from './second-factor-set-up';

export function SecondFactorScreen() {
  const [secret, setSecret] = useState<SecondFactorSecret | null>(null);
  const [recoveryCodes, setRecoveryCodes] = useState<string[] | null>(null);
  const noteProfile = useNoteProfile();

  function turnedOn(codes: string[]) {
    setRecoveryCodes(codes);
    setSecret(null);
    noteProfile({ second_factor: true });
  }

  return (
    <AccountScreenFrame title="Second factor">
      {(profile) =>
        recoveryCodes ? (
          <RecoveryCodes codes={recoveryCodes} onKept={() => setRecoveryCodes(null)} />
        ) : profile.second_factor ? (
          <SecondFactorOn
            isNeeded={profile.role !== 'user'}
            onNewCodes={setRecoveryCodes}
            onTurnedOff={() => noteProfile({ second_factor: false })}
          />
        ) : secret ? (
          <SecondFactorSetUp secret={secret} onTurnedOn={turnedOn} />
        ) : (
          <SecondFactorOff profile={profile} onBegin={setSecret} />
        )
      }
    </AccountScreenFrame>
  );
}

interface SecondFactorOffProps {
  profile: Profile;
  onBegin: (secret: SecondFactorSecret) => void;
}

function SecondFactorOff({ profile, onBegin }: SecondFactorOffProps) {
  const form = useSubmission();
  const begin = () => form.submit(async () => onBegin(await answerOf(api.POST('/auth/totp'))));
  return (
    <>
      <FormIntro text="With a second factor a password alone opens nothing: to log in you also type six digits from an authenticator app on your phone. You need such an app; any will do." />
      <Form label="Second factor" form={form} onSubmit={begin}>
        <SubmitButton label="Set it up" testID="begin-second-factor" />
      </Form>
      <FreshLogIn form={form} profile={profile} returnTo="/account/second-factor" />
    </>
  );
}

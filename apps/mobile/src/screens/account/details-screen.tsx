import { useState } from 'react';
import { StyleSheet } from 'react-native';
import type { Profile } from '@/api/types';
import { Button } from '@/components/button';
import { Form } from '@/components/form/form';
import { FormField } from '@/components/form/form-field';
import { SubmitButton } from '@/components/form/submit-button';
import { useSubmission } from '@/components/form/use-submission';
import { Text } from '@/components/text';
import { TitledCard } from '@/components/titled-card';
import { deviceTimeZone } from '@/lib/device-time-zone';
import { goBack } from '@/lib/go-back';
import { useChangeProfile } from '@/state/queries/account';
import { formColumn, spacing, useAppTheme } from '@/theme/theme';
import { AccountScreenFrame } from './account-screen-frame';

const longestName = 100;

export function DetailsScreen() {
  return (
    <AccountScreenFrame title="Name and time zone">
      {(profile) => (
        <>
          <NameForm profile={profile} />
          <TimeZone profile={profile} />
        </>
      )}
    </AccountScreenFrame>
  );
}

function NameForm({ profile }: { profile: Profile }) {
  const [name, setName] = useState(profile.display_name ?? '');
  const change = useChangeProfile();
  const form = useSubmission();

  const submit = () =>
    form.submit(async () => {
      await change.mutateAsync({ display_name: name.trim() || null });
      goBack('/profile');
    });

  return (
    <Form label="Name" form={form} onSubmit={submit}>
      <FormField
        kind="name"
        label="Name"
        value={name}
        onChangeText={setName}
        hint="What the app calls you. It can be left empty."
        maxLength={longestName}
        testID="display-name"
      />
      <SubmitButton label="Save" testID="save-name" />
    </Form>
  );
}

/** Days begin at midnight where the learner is. */
function TimeZone({ profile }: { profile: Profile }) {
  const { palette } = useAppTheme();
  const change = useChangeProfile();
  const ofDevice = deviceTimeZone();
  const isOther = ofDevice !== null && ofDevice !== profile.time_zone;
  return (
    <TitledCard title="Time zone" style={styles.card}>
      <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }} testID="time-zone">
        {profile.time_zone ?? 'Not known yet'}
      </Text>
      {isOther && (
        <Button
          mode="outlined"
          onPress={() => change.mutate({ time_zone: ofDevice })}
          loading={change.isPending}
          disabled={change.isPending}
          style={styles.start}
          testID="use-device-time-zone"
        >
          Take {ofDevice}
        </Button>
      )}
    </TitledCard>
  );
}

const styles = StyleSheet.create({
  card: { ...formColumn, marginTop: spacing.m },
  start: { alignSelf: 'flex-start' },
});

import { StyleSheet } from 'react-native';
import { Button } from '@/components/button';
import { Text } from '@/components/text';
import { TitledCard } from '@/components/titled-card';
import { useAccountLinks } from '@/lib/account-links';
import { useHasAccount } from '@/state/session';
import { useAppTheme } from '@/theme/theme';
import { TurnOnButton } from './turn-on-button';

/** Says why others do not see the learner, and how they would. */
export function UnlistedNote({ isWaiting }: { isWaiting: boolean }) {
  const hasAccount = useHasAccount();
  if (!hasAccount)
    return <AccountsOnly text="A trial is never on a leaderboard. With an account you can choose to be." />;
  return (
    <TitledCard title="Others do not see you here" testID="opted-out">
      <Note text="You chose so in your profile. Once you are shown, others see your name and your points." />
      <TurnOnButton
        setting="is_on_leaderboards"
        label="Show me"
        mode="contained-tonal"
        isWaiting={isWaiting}
      />
    </TitledCard>
  );
}

/** Offers an account for what a trial has not. */
export function AccountsOnly({ text }: { text: string }) {
  const { signUp } = useAccountLinks();
  return (
    <TitledCard title="You are trying bugdrill" testID="accounts-only">
      <Note text={`${text} What you did comes along.`} />
      <Button mode="contained" onPress={signUp} style={styles.button} testID="leaderboard-sign-up">
        Sign up
      </Button>
    </TitledCard>
  );
}

function Note({ text }: { text: string }) {
  const { palette } = useAppTheme();
  return (
    <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }}>
      {text}
    </Text>
  );
}

const styles = StyleSheet.create({ button: { alignSelf: 'flex-start' } });

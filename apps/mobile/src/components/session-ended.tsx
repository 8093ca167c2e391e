import { StyleSheet, View } from 'react-native';
import { session } from '@/api/client';
import { Button } from '@/components/button';
import { Text } from '@/components/text';
import { useAccountLinks } from '@/lib/account-links';
import { useSessionStore } from '@/state/session';
import { spacing, useAppTheme } from '@/theme/theme';
import { TitledCard } from './titled-card';

/** Says that the account's session is over, and leaves to the learner how to go on. */
export function SessionEnded({ onChoose }: { onChoose?: () => void }) {
  const { palette } = useAppTheme();
  const { logIn } = useAccountLinks();
  return (
    <>
      <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }}>
        You have not been here for a while, or you were logged out on another device. Your progress is kept in
        your account.
      </Text>
      <View style={styles.buttons}>
        <Button
          mode="contained"
          onPress={() => {
            onChoose?.();
            logIn();
          }}
          testID="log-in-again"
        >
          Log in
        </Button>
        <Button
          onPress={() => {
            onChoose?.();
            void session.forget();
          }}
          testID="go-on-without"
        >
          Go on without
        </Button>
      </View>
    </>
  );
}

/** The same as a card, on the screens that show progress. */
export function SessionEndedCard() {
  const hasEnded = useSessionStore((state) => state.hasEnded);
  if (!hasEnded) return null;
  return (
    <TitledCard title="You are logged out" testID="session-ended">
      <SessionEnded />
    </TitledCard>
  );
}

const styles = StyleSheet.create({
  buttons: { flexDirection: 'row', flexWrap: 'wrap', gap: spacing.s },
});

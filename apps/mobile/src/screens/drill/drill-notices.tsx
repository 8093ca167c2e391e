import { StyleSheet, View } from 'react-native';
import { IconButton } from '@/components/icon-button';
import { ConnectionNotice } from '@/components/offline/connection-notice';
import { describeOutcome, iconOfOutcome } from '@/components/offline/describe-attempts';
import { Notice } from '@/components/offline/notice';
import { dismissOutcomes, useMyAttempts } from '@/offline/attempts/attempts';
import { useIsOnline } from '@/offline/connection';
import { contentWidth, spacing, useAppTheme } from '@/theme/theme';

/** Whether there is a connection, what is not sent, and what became of this snippet's attempts that were sent later. */
export function DrillNotices({ slug }: { slug: string }) {
  const { pending, outcomes: all } = useMyAttempts();
  const outcomes = all.filter((outcome) => outcome.slug === slug);
  const last = outcomes.at(-1);
  const isOnline = useIsOnline();
  const { palette } = useAppTheme();
  if (!last && isOnline && pending.length === 0) return null;
  return (
    <View style={[styles.notices, { backgroundColor: palette.surface }]}>
      <View style={styles.column}>
        {last && (
          <Notice icon={iconOfOutcome(last)} text={describeOutcome(last)} testID="drill-outcome">
            <IconButton
              icon="close"
              size={18}
              onPress={() => void dismissOutcomes(outcomes)}
              accessibilityLabel="OK"
              testID="dismiss-drill-outcome"
            />
          </Notice>
        )}
        <ConnectionNotice />
      </View>
    </View>
  );
}

const styles = StyleSheet.create({
  notices: { paddingHorizontal: spacing.s, paddingTop: spacing.s },
  column: {
    gap: spacing.xs,
    width: '100%',
    maxWidth: contentWidth,
    alignSelf: 'center',
  },
});

import { StyleSheet, View } from 'react-native';
import type { Progress } from '@/api/types';
import { Card } from '@/components/card';
import { ProgressBar } from '@/components/progress-bar';
import { Text } from '@/components/text';
import { describeReview } from '@/lib/describe-time';
import { spacing, useAppTheme } from '@/theme/theme';
import { MasteryPips } from './mastery-pips';

type PatternProgress = Progress['patterns'][number];

function describeSolves(pattern: PatternProgress): string {
  const { snippets_solved: solved, snippets_attempted: attempted, avg_attempts_per_solve: average } = pattern;
  if (average == null) return 'Nothing solved yet';
  const tries = Number(average.toFixed(1));
  const rate = Math.round((100 * solved) / Math.max(solved, attempted));
  return `${rate}% of those tried solved · ${tries} ${tries === 1 ? 'try' : 'tries'} per solve`;
}

interface PatternProgressCardProps {
  pattern: PatternProgress;
  now: number;
}

export function PatternProgressCard({ pattern, now }: PatternProgressCardProps) {
  const { palette } = useAppTheme();
  const { next_review_at: dueAt } = pattern;
  return (
    <Card testID={`progress-${pattern.slug}`}>
      <View style={styles.row}>
        <Text variant="titleMedium" style={styles.name}>
          {pattern.name}
        </Text>
        <Text variant="labelMedium" style={{ color: palette.secondary }}>
          {pattern.snippets_solved} / {pattern.snippets_total}
        </Text>
      </View>
      <ProgressBar
        done={pattern.snippets_solved}
        total={pattern.snippets_total}
        label={`${pattern.name}: solved`}
      />
      <View style={styles.row}>
        <MasteryPips level={pattern.mastery_level} />
        {dueAt != null && (
          <Text variant="bodySmall" style={[styles.review, { color: palette.onSurfaceVariant }]}>
            {describeReview(dueAt, now)}
          </Text>
        )}
      </View>
      <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
        {describeSolves(pattern)}
      </Text>
    </Card>
  );
}

const styles = StyleSheet.create({
  row: { flexDirection: 'row', alignItems: 'center', gap: spacing.s },
  name: { flex: 1, fontWeight: '700' },
  review: { flex: 1, textAlign: 'right' },
});

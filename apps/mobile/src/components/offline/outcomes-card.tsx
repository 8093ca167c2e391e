import { router } from 'expo-router';
import { Pressable, StyleSheet, View } from 'react-native';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { Icon } from '@/components/icon/icon';
import { SectionTitle } from '@/components/section-title';
import { Text } from '@/components/text';
import { wrappingTitle } from '@/lib/practice';
import type { Outcome } from '@/offline/attempts/attempt';
import { dismissOutcomes, useMyAttempts } from '@/offline/attempts/attempts';
import { spacing, touchTarget, useAppTheme } from '@/theme/theme';
import { describeOutcome, iconOfOutcome } from './describe-attempts';

/** What became of the attempts that were sent later, until the learner has seen it. */
export function OutcomesCard() {
  const { outcomes } = useMyAttempts();
  if (outcomes.length === 0) return null;
  return (
    <Card style={styles.card} testID="outcomes-card">
      <View style={styles.head}>
        <SectionTitle style={styles.title}>Sent from this device</SectionTitle>
        <Button compact onPress={() => void dismissOutcomes(outcomes)} testID="dismiss-outcomes">
          OK
        </Button>
      </View>
      {outcomes.map((outcome) => (
        <OutcomeRow key={outcome.clientId} outcome={outcome} />
      ))}
    </Card>
  );
}

function OutcomeRow({ outcome }: { outcome: Outcome }) {
  const { palette } = useAppTheme();
  const { slug, title, status, verdict } = outcome;
  const isSolved = verdict === 'accepted';
  const color = isSolved ? palette.secondary : status === 'refused' ? palette.accent : palette.error;
  const text = describeOutcome(outcome);
  return (
    <Pressable
      accessibilityRole="link"
      accessibilityLabel={`${title}: ${text}`}
      onPress={() => router.push({ pathname: '/drill/[id]', params: { id: slug } })}
      style={({ pressed }) => [
        styles.row,
        { borderTopColor: palette.outlineVariant },
        pressed && { backgroundColor: palette.surfaceVariant },
      ]}
      testID={`outcome-${slug}`}
    >
      <Icon name={iconOfOutcome(outcome)} color={color} size={22} />
      <View style={styles.texts}>
        <Text variant="bodyLarge" style={styles.rowTitle}>
          {wrappingTitle(title)}
        </Text>
        <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
          {text}
        </Text>
      </View>
      <Icon name="chevron-right" color={palette.outline} />
    </Pressable>
  );
}

const styles = StyleSheet.create({
  card: { padding: 0, gap: 0, overflow: 'hidden' },
  head: {
    flexDirection: 'row',
    alignItems: 'center',
    minHeight: touchTarget,
    paddingLeft: spacing.l,
    paddingRight: spacing.xs,
    paddingVertical: spacing.xs,
  },
  title: { flex: 1 },
  row: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.m,
    minHeight: touchTarget + spacing.m,
    paddingHorizontal: spacing.l,
    paddingVertical: spacing.s,
    borderTopWidth: 1,
  },
  texts: { flex: 1, minWidth: 0 },
  rowTitle: { lineHeight: 21, letterSpacing: 0 },
});

import { router } from 'expo-router';
import { StyleSheet, View } from 'react-native';
import type { Drill } from '@/api/types';
import { Card } from '@/components/card';
import { Icon } from '@/components/icon/icon';
import type { IconName } from '@/components/icon/icon-name';
import { LinkRow } from '@/components/link-row';
import { SectionTitle } from '@/components/section-title';
import { Text } from '@/components/text';
import { drillHref, factsOf, wrappingTitle } from '@/lib/practice';
import { spacing, useAppTheme } from '@/theme/theme';

/** More than can be done in one go would only be a burden. */
const shownCount = 5;

const reasons: Record<Drill['reason'], { name: string; icon: IconName }> = {
  retry: { name: 'Try again', icon: 'restore' },
  review: { name: 'Review', icon: 'repeat' },
  new: { name: 'New', icon: 'circle-outline' },
};

/** What should be seen again, in the order in which it should be done. */
export function DueList({ drills }: { drills: Drill[] }) {
  const { palette } = useAppTheme();
  if (drills.length === 0) return <ReviewsDone />;
  const hidden = drills.length - shownCount;
  return (
    <Card style={styles.list} testID="due-list">
      <SectionTitle style={styles.title}>Due now</SectionTitle>
      {drills.slice(0, shownCount).map((drill) => (
        <LinkRow
          key={drill.snippet.slug}
          testID={`due-${drill.snippet.slug}`}
          icon={reasons[drill.reason].icon}
          title={wrappingTitle(drill.snippet.title)}
          value={`${reasons[drill.reason].name} · ${factsOf(drill.snippet)}`}
          onPress={() => router.push(drillHref(drill))}
        />
      ))}
      {hidden > 0 && (
        <Text
          variant="bodySmall"
          style={[styles.more, { color: palette.onSurfaceVariant, borderTopColor: palette.outlineVariant }]}
        >
          and {hidden} more
        </Text>
      )}
    </Card>
  );
}

function ReviewsDone() {
  const { palette } = useAppTheme();
  return (
    <View style={styles.done} testID="reviews-done">
      <Icon name="check" color={palette.secondary} size={20} />
      <Text variant="bodyMedium" style={[styles.doneText, { color: palette.onSurfaceVariant }]}>
        All reviews done. What you solve comes back here when it is time.
      </Text>
    </View>
  );
}

const styles = StyleSheet.create({
  list: { padding: 0, gap: 0, overflow: 'hidden' },
  title: { paddingHorizontal: spacing.l, paddingVertical: spacing.m },
  more: { paddingHorizontal: spacing.l, paddingVertical: spacing.m, borderTopWidth: 1 },
  done: { flexDirection: 'row', alignItems: 'center', gap: spacing.m, padding: spacing.l },
  doneText: { flex: 1 },
});

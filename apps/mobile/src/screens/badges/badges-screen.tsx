import { router } from 'expo-router';
import type { ReactNode } from 'react';
import { StyleSheet } from 'react-native';
import type { Badge } from '@/api/types';
import { BadgeRow } from '@/components/badge/badge-row';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { FailurePanel } from '@/components/failure-panel';
import { Message } from '@/components/message';
import { Screen, ScreenHeader } from '@/components/screen';
import { SectionTitle } from '@/components/section-title';
import { SessionEndedCard } from '@/components/session-ended';
import { SkeletonCards } from '@/components/skeleton';
import { Text } from '@/components/text';
import { isEarned } from '@/lib/badges';
import { goBack } from '@/lib/go-back';
import { useScreenTitle } from '@/lib/use-screen-title';
import { useBadges } from '@/state/queries/badges';
import { useFreshProgress } from '@/state/queries/progress';
import { useSessionStore, useUserId } from '@/state/session';
import { spacing, useAppTheme } from '@/theme/theme';

export function BadgesScreen() {
  const hasBegun = useUserId() !== null;
  const hasEnded = useSessionStore((state) => state.hasEnded);
  const badges = useBadges();
  useFreshProgress();
  useScreenTitle('Badges');
  const refresh = () => void badges.refetch();
  return (
    <Screen
      header={<ScreenHeader title="Badges" onBack={() => goBack('/progress')} />}
      onRefresh={hasBegun ? refresh : undefined}
    >
      {hasEnded ? (
        <SessionEndedCard />
      ) : !hasBegun ? (
        <NothingYet />
      ) : badges.data ? (
        <AllBadges badges={badges.data} now={badges.dataUpdatedAt} />
      ) : badges.error ? (
        <FailurePanel error={badges.error} onRetry={refresh} />
      ) : (
        <SkeletonCards count={4} height={84} />
      )}
    </Screen>
  );
}

function NothingYet() {
  return (
    <Message
      icon="medal-outline"
      title="No badges yet"
      text="Fix your first bug, and there is one to show."
      testID="no-badges"
    >
      <Button mode="contained" onPress={() => router.navigate('/patterns')}>
        To the patterns
      </Button>
    </Message>
  );
}

/** In the server's order, so that a badge is found where it was. */
function AllBadges({ badges, now }: { badges: Badge[]; now: number }) {
  const earned = badges.filter(isEarned);
  const others = badges.filter((badge) => !isEarned(badge));
  if (badges.length === 0) return <Note text="There are no badges on this server yet." />;
  return (
    <>
      <Group title={`Earned: ${earned.length} of ${badges.length}`} testID="badges-earned">
        {earned.length > 0 ? (
          earned.map((badge) => <BadgeRow key={badge.id} badge={badge} now={now} />)
        ) : (
          <Note text="None so far. Each bug that you fix counts towards some of them." />
        )}
      </Group>
      {others.length > 0 && (
        <Group title="Still to earn" testID="badges-to-earn">
          {others.map((badge) => (
            <BadgeRow key={badge.id} badge={badge} now={now} />
          ))}
        </Group>
      )}
    </>
  );
}

interface GroupProps {
  title: string;
  children: ReactNode;
  testID: string;
}

function Group({ title, children, testID }: GroupProps) {
  return (
    <Card style={styles.group} testID={testID}>
      <SectionTitle style={styles.title}>{title}</SectionTitle>
      {children}
    </Card>
  );
}

function Note({ text }: { text: string }) {
  const { palette } = useAppTheme();
  return (
    <Text variant="bodyMedium" style={[styles.note, { color: palette.onSurfaceVariant }]}>
      {text}
    </Text>
  );
}

const styles = StyleSheet.create({
  group: { padding: 0, gap: 0, overflow: 'hidden' },
  title: { paddingHorizontal: spacing.l, paddingVertical: spacing.m },
  note: { paddingHorizontal: spacing.l, paddingBottom: spacing.l },
});

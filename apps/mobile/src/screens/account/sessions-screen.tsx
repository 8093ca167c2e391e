import { StyleSheet, View } from 'react-native';
import type { DeviceSession } from '@/api/types';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { FailurePanel } from '@/components/failure-panel';
import { FormIntro } from '@/components/form/form-intro';
import { SkeletonCards } from '@/components/skeleton';
import { Text } from '@/components/text';
import { describeClient } from '@/lib/describe-client';
import { describeDay, describeTime } from '@/lib/describe-time';
import { useEndOtherSessions, useEndSession, useSessions } from '@/state/queries/account';
import { spacing, touchTarget, useAppTheme } from '@/theme/theme';
import { AccountScreenFrame } from './account-screen-frame';

export function SessionsScreen() {
  return <AccountScreenFrame title="Devices">{() => <Sessions />}</AccountScreenFrame>;
}

/** The device in the learner's hand first, then those used last. */
const ordered = (sessions: DeviceSession[]) =>
  [...sessions].sort(
    (one, other) =>
      Number(other.current) - Number(one.current) ||
      Date.parse(other.last_used_at) - Date.parse(one.last_used_at),
  );

function Sessions() {
  const { palette } = useAppTheme();
  const sessions = useSessions();
  const endOthers = useEndOtherSessions();
  if (sessions.error) {
    return <FailurePanel error={sessions.error} onRetry={() => void sessions.refetch()} />;
  }
  if (!sessions.data) return <SkeletonCards count={2} height={84} />;
  const hasOthers = sessions.data.some(({ current }) => !current);
  return (
    <>
      <FormIntro text="Where you are logged in. If you do not know one of these, log it out and change your password." />
      <Card style={styles.list}>
        {ordered(sessions.data).map((session, index) => (
          <SessionRow key={session.id} session={session} now={sessions.dataUpdatedAt} isFirst={index === 0} />
        ))}
      </Card>
      {hasOthers && (
        <Button
          mode="outlined"
          icon="logout"
          textColor={palette.error}
          onPress={() => endOthers.mutate()}
          loading={endOthers.isPending}
          disabled={endOthers.isPending}
          style={styles.start}
          testID="end-other-sessions"
        >
          Log out all others
        </Button>
      )}
      {endOthers.error && <FailurePanel error={endOthers.error} onRetry={() => endOthers.mutate()} />}
    </>
  );
}

interface SessionRowProps {
  session: DeviceSession;
  now: number;
  isFirst: boolean;
}

function SessionRow({ session, now, isFirst }: SessionRowProps) {
  const { palette } = useAppTheme();
  const end = useEndSession();
  const name = describeClient(session.client);
  return (
    <View
      style={[styles.row, !isFirst && { borderTopWidth: 1, borderTopColor: palette.outlineVariant }]}
      testID={session.current ? 'current-session' : 'other-session'}
    >
      <View style={styles.texts}>
        <Text variant="bodyLarge" numberOfLines={1}>
          {name}
        </Text>
        <Text
          variant="bodySmall"
          style={{ color: session.current ? palette.secondary : palette.onSurfaceVariant }}
        >
          {session.current
            ? 'This device'
            : end.error
              ? 'That did not work. Try again.'
              : `Used ${describeTime(session.last_used_at, now)}`}
          {` · since ${describeDay(session.created_at)}`}
        </Text>
      </View>
      {!session.current && (
        <Button
          onPress={() => end.mutate(session.id)}
          loading={end.isPending}
          disabled={end.isPending}
          accessibilityLabel={`Log out ${name}`}
          testID="end-session"
        >
          Log out
        </Button>
      )}
    </View>
  );
}

const styles = StyleSheet.create({
  list: { padding: 0, gap: 0, overflow: 'hidden' },
  row: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.s,
    minHeight: touchTarget + spacing.xl,
    paddingLeft: spacing.l,
    paddingRight: spacing.s,
    paddingVertical: spacing.s,
  },
  texts: { flex: 1, minWidth: 0, gap: 2 },
  start: { alignSelf: 'flex-start' },
});

import { useMutation } from '@tanstack/react-query';
import { router } from 'expo-router';
import { useState } from 'react';
import { StyleSheet, View } from 'react-native';
import { describeFailure, failureFromError } from '@/api/failure';
import type { Profile } from '@/api/types';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { FailurePanel } from '@/components/failure-panel';
import { LinkRow } from '@/components/link-row';
import { SessionEndedCard } from '@/components/session-ended';
import { SkeletonCards } from '@/components/skeleton';
import { Text } from '@/components/text';
import { TitledCard } from '@/components/titled-card';
import { useAccountLinks } from '@/lib/account-links';
import { trialNote } from '@/lib/trial';
import { useProfile, useSendVerification } from '@/state/queries/account';
import { useProgress } from '@/state/queries/progress';
import { logOut } from '@/state/reset-device';
import { useHasAccount, useSessionStore } from '@/state/session';
import { spacing, touchTarget, useAppTheme } from '@/theme/theme';

/** Who the learner is to this server, and what can be done about it. */
export function AccountCard() {
  const hasAccount = useHasAccount();
  const hasEnded = useSessionStore((state) => state.hasEnded);
  const profile = useProfile();
  if (hasEnded) return <SessionEndedCard />;
  if (!hasAccount) return <NoAccount />;
  if (profile.data) return <Account profile={profile.data} isFetching={profile.isFetching} />;
  if (profile.error) return <FailurePanel error={profile.error} onRetry={() => void profile.refetch()} />;
  return <SkeletonCards count={1} height={180} />;
}

function NoAccount() {
  const { palette } = useAppTheme();
  const { signUp, logIn } = useAccountLinks();
  const remaining = useProgress().data?.trial_snippets_remaining;
  return (
    <TitledCard title="You are trying bugdrill">
      <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }}>
        {remaining == null
          ? 'A trial has a few snippets; with an account all are open to you.'
          : `You have ${trialNote(remaining)}. With an account all are open to you, and what you did comes along.`}
      </Text>
      <View style={styles.buttons}>
        <Button mode="contained" onPress={signUp} testID="sign-up">
          Sign up
        </Button>
        <Button mode="outlined" onPress={logIn} testID="log-in">
          Log in
        </Button>
      </View>
    </TitledCard>
  );
}

function Account({ profile, isFetching }: { profile: Profile; isFetching: boolean }) {
  const { palette } = useAppTheme();
  // What is kept on the device lacks the address.
  const name = profile.display_name || profile.email || (isFetching ? '\u00a0' : 'Your account');
  const isEmailName = name === profile.email;
  const links = [
    {
      page: 'details',
      icon: 'card-account-details-outline',
      title: 'Name and time zone',
      value: profile.time_zone,
    },
    {
      page: 'password',
      icon: 'lock-outline',
      title: 'Password',
      value: profile.has_password ? 'Change it' : 'None: you log in by a provider',
    },
    {
      page: 'second-factor',
      icon: 'shield-key-outline',
      title: 'Second factor',
      value: profile.second_factor ? 'On' : 'Off',
    },
    { page: 'sessions', icon: 'devices', title: 'Devices', value: 'Where you are logged in' },
    { page: 'data', icon: 'download-outline', title: 'Your data', value: 'A copy of it, or its deletion' },
  ] as const;
  return (
    <Card style={styles.account} testID="account-card">
      <View style={styles.head}>
        <Text variant="titleMedium" numberOfLines={1} style={styles.title} testID="account-name">
          {name}
        </Text>
        {!isEmailName && profile.email && (
          <Text variant="bodyMedium" numberOfLines={1} style={{ color: palette.onSurfaceVariant }}>
            {profile.email}
          </Text>
        )}
        {profile.email && !profile.email_verified && <UnverifiedEmail />}
      </View>
      {links.map(({ page, ...link }) => (
        <LinkRow key={page} {...link} onPress={() => router.push(`/account/${page}`)} testID={`to-${page}`} />
      ))}
      <LogOut />
    </Card>
  );
}

function UnverifiedEmail() {
  const { palette } = useAppTheme();
  const send = useSendVerification();
  return (
    <View style={[styles.unverified, { backgroundColor: palette.accentContainer }]} testID="email-unverified">
      <Text
        variant="bodySmall"
        style={[
          styles.unverifiedText,
          { color: palette.onAccentContainer },
          // The button beside it has room of its own.
          send.isSuccess && { paddingRight: spacing.m },
        ]}
        accessibilityLiveRegion="polite"
      >
        {send.isSuccess
          ? 'A new link is on its way. You get three an hour at the most.'
          : send.error
            ? describeFailure(failureFromError(send.error)).message
            : 'Your address is not confirmed yet. Open the link in our mail.'}
      </Text>
      {!send.isSuccess && (
        <Button
          compact
          textColor={palette.onAccentContainer}
          onPress={() => send.mutate()}
          disabled={send.isPending}
          testID="send-verification"
        >
          Send it again
        </Button>
      )}
    </View>
  );
}

function LogOut() {
  const { palette } = useAppTheme();
  const [isAsking, setAsking] = useState(false);
  const leave = useMutation({ mutationFn: logOut });
  return (
    <View style={[styles.logOut, { borderTopColor: palette.outlineVariant }]}>
      <Button
        icon="logout"
        onPress={() => setAsking(true)}
        loading={leave.isPending}
        disabled={leave.isPending}
        testID="log-out"
      >
        Log out
      </Button>
      {leave.error && (
        <Text variant="bodySmall" style={{ color: palette.error }} accessibilityRole="alert">
          You are still logged in. {describeFailure(failureFromError(leave.error)).title}.
        </Text>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        title="Log out?"
        message="Your progress is kept in your account. What you typed and did not submit is removed from this device."
        confirmLabel="Log out"
        onClose={() => setAsking(false)}
        onConfirm={() => leave.mutate()}
      />
    </View>
  );
}

const styles = StyleSheet.create({
  account: { padding: 0, gap: 0, overflow: 'hidden' },
  head: { padding: spacing.l, gap: spacing.xs },
  title: { fontWeight: '700' },
  buttons: { flexDirection: 'row', flexWrap: 'wrap', gap: spacing.s },
  unverified: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.s,
    marginTop: spacing.s,
    borderRadius: spacing.m,
    paddingLeft: spacing.m,
    paddingVertical: spacing.xs,
    minHeight: touchTarget + spacing.s,
  },
  unverifiedText: { flex: 1 },
  logOut: { alignItems: 'center', gap: spacing.xs, padding: spacing.s, borderTopWidth: 1 },
});

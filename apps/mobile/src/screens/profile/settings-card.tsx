import type { Profile, Setting } from '@/api/types';
import { FailurePanel } from '@/components/failure-panel';
import { SkeletonCards } from '@/components/skeleton';
import { SwitchRow } from '@/components/switch-row';
import { Text } from '@/components/text';
import { TitledCard } from '@/components/titled-card';
import { useChangeSetting, useProfile } from '@/state/queries/account';
import { useHasAccount, useUserId } from '@/state/session';
import { useAppTheme } from '@/theme/theme';

/** What the learner wants to see of the streak and of others. A newcomer has no streak yet, and meets nobody. */
export function SettingsCard() {
  const hasBegun = useUserId() !== null;
  const hasAccount = useHasAccount();
  const profile = useProfile();
  if (!hasBegun) return null;
  if (profile.data) return <Settings profile={profile.data} hasAccount={hasAccount} />;
  if (!profile.error) return <SkeletonCards count={1} height={hasAccount ? 260 : 160} />;
  // The card of the account says so already.
  if (hasAccount) return null;
  return <FailurePanel error={profile.error} onRetry={() => void profile.refetch()} />;
}

function Settings({ profile, hasAccount }: { profile: Profile; hasAccount: boolean }) {
  const { palette } = useAppTheme();
  return (
    <TitledCard title="Streak and leaderboards" testID="settings-card">
      <SettingRow
        setting="shows_streak"
        title="Show my streak"
        text="How many days in a row you practised: on Today, on Progress and after a solve."
        isOn={profile.shows_streak !== false}
      />
      {hasAccount ? (
        <>
          <SettingRow
            setting="is_on_leaderboards"
            title="Show me on leaderboards"
            text="Others see your name and your points. When this is off, you still see theirs."
            isOn={profile.is_on_leaderboards !== false}
          />
          <SettingRow
            setting="is_in_leagues"
            title="Take part in leagues"
            text="Compare a week’s points, Monday to Sunday, with up to 30 people. They see your name and your points."
            isOn={profile.is_in_leagues === true}
          />
        </>
      ) : (
        <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }} testID="accounts-only">
          A trial is never on a leaderboard. With an account you can choose to be.
        </Text>
      )}
    </TitledCard>
  );
}

interface SettingRowProps {
  setting: Setting;
  title: string;
  text: string;
  isOn: boolean;
}

function SettingRow({ setting, ...row }: SettingRowProps) {
  const change = useChangeSetting();

  function turn(isOn: boolean) {
    // A second one could not be taken back rightly if the first one fails.
    if (!change.isPending) change.mutate({ setting, isOn });
  }

  return <SwitchRow {...row} onChange={turn} error={change.error} testID={`setting-${setting}`} />;
}

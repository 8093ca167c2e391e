import { Redirect } from 'expo-router';
import type { ReactNode } from 'react';
import type { Profile } from '@/api/types';
import { FailurePanel } from '@/components/failure-panel';
import { Screen, ScreenHeader } from '@/components/screen';
import { SkeletonCards } from '@/components/skeleton';
import { goBack } from '@/lib/go-back';
import { useScreenTitle } from '@/lib/use-screen-title';
import { useProfile } from '@/state/queries/account';
import { useHasAccount } from '@/state/session';

interface AccountScreenFrameProps {
  title: string;
  /** Where it leads back to, unless the learner came from elsewhere. */
  parent?: '/profile' | '/account/data';
  children: (profile: Profile) => ReactNode;
}

/** A screen about the account. Without one, as after a log-out in another tab, the profile says how to go on. */
export function AccountScreenFrame({ title, parent = '/profile', children }: AccountScreenFrameProps) {
  useScreenTitle(title);
  const hasAccount = useHasAccount();
  const profile = useProfile();
  if (!hasAccount) return <Redirect href="/profile" />;
  return (
    <Screen header={<ScreenHeader title={title} onBack={() => goBack(parent)} />}>
      {profile.data ? (
        children(profile.data)
      ) : profile.error ? (
        <FailurePanel error={profile.error} onRetry={() => void profile.refetch()} />
      ) : (
        <SkeletonCards count={1} height={140} />
      )}
    </Screen>
  );
}

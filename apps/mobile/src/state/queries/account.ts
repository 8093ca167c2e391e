import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { anonymousApi, answerOf, api } from '@/api/client';
import type { DeviceSession, Profile, ProfileChange, Setting } from '@/api/types';
import { useHasAccount, useSessionStore, useUserId } from '@/state/session';
import { refetchLeaderboards } from './leaderboards';
import { learnerKey } from './progress';

export const profileKey = (userId: string | null) => [...learnerKey(userId), 'profile'] as const;

const sessionsKey = (userId: string | null) => [...learnerKey(userId), 'sessions'] as const;

/** Who the learner is to the server. Without a session nothing is asked. */
export function useProfile() {
  const userId = useUserId();
  return useQuery({
    queryKey: profileKey(userId),
    queryFn: () => answerOf(api.GET('/auth/me')),
    enabled: userId !== null,
  });
}

/** Whether the learner wants to see the streak; undefined until that is known. */
export function useShowsStreak(): boolean | undefined {
  const hasBegun = useUserId() !== null;
  const profile = useProfile();
  if (!hasBegun) return true;
  // A server of before there was the choice does not speak of it.
  if (profile.data) return profile.data.shows_streak !== false;
  // Who does not want to see it is not shown it because of a failure.
  return profile.isFetched ? false : undefined;
}

/** Notes what is known to have changed in the profile, without asking for it. */
export function useNoteProfile() {
  const queryClient = useQueryClient();
  return (change: Partial<Profile>) => {
    const key = profileKey(useSessionStore.getState().userId);
    const known = queryClient.getQueryData<Profile>(key);
    if (known) queryClient.setQueryData<Profile>(key, { ...known, ...change });
  };
}

export function useChangeProfile() {
  const noteProfile = useNoteProfile();
  return useMutation({
    mutationFn: (body: ProfileChange) => answerOf(api.PATCH('/auth/me', { body })),
    onSuccess: noteProfile,
  });
}

interface SettingChange {
  setting: Setting;
  isOn: boolean;
}

const changeOf = ({ setting, isOn }: SettingChange): Partial<Record<Setting, boolean>> => ({
  [setting]: isOn,
});

/** Turns a setting on or off: at once in the app, and back again if the server does not take it. */
export function useChangeSetting() {
  const queryClient = useQueryClient();
  const noteProfile = useNoteProfile();

  async function note(change: SettingChange) {
    // An answer that is on its way may not know of it.
    await queryClient.cancelQueries({ queryKey: profileKey(useSessionStore.getState().userId) });
    noteProfile(changeOf(change));
  }

  return useMutation({
    mutationFn: (change: SettingChange) => answerOf(api.PATCH('/auth/me', { body: changeOf(change) })),
    onMutate: note,
    onSuccess: async (_, change) => {
      await note(change);
      if (change.setting !== 'shows_streak') refetchLeaderboards(queryClient);
    },
    onError: (_, { setting, isOn }) => note({ setting, isOn: !isOn }),
  });
}

export function useSendVerification() {
  return useMutation({ mutationFn: () => answerOf(api.POST('/auth/email/verification')) });
}

/** Where the account is logged in. */
export function useSessions() {
  const userId = useUserId();
  return useQuery({
    queryKey: sessionsKey(userId),
    queryFn: async () => (await answerOf(api.GET('/auth/sessions'))).sessions,
    enabled: useHasAccount(),
    staleTime: 0,
  });
}

function useNoteSessions() {
  const queryClient = useQueryClient();
  return (isLeft: (session: DeviceSession) => boolean) =>
    queryClient.setQueryData<DeviceSession[]>(sessionsKey(useSessionStore.getState().userId), (known) =>
      known?.filter(isLeft),
    );
}

export function useEndSession() {
  const note = useNoteSessions();
  return useMutation({
    mutationFn: (id: string) => answerOf(api.DELETE('/auth/sessions/{id}', { params: { path: { id } } })),
    onSuccess: (_, ended) => note(({ id }) => id !== ended),
  });
}

export function useEndOtherSessions() {
  const note = useNoteSessions();
  return useMutation({
    mutationFn: () => answerOf(api.DELETE('/auth/sessions', { params: { query: { keep_current: true } } })),
    onSuccess: () => note(({ current }) => current),
  });
}

/** The providers by which this server lets learners log in. */
export function useProviders() {
  return useQuery({
    queryKey: ['providers'],
    queryFn: async () => (await answerOf(anonymousApi.GET('/auth/oauth'))).providers,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

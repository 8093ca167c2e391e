import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { anonymousApi, answerOf, api } from '@/api/client';
import type { DeviceSession, Profile, ProfileChange } from '@/api/types';
import { useHasAccount, useSessionStore, useUserId } from '@/state/session';
import { learnerKey } from './progress';

export const profileKey = (userId: string | null) => [...learnerKey(userId), 'profile'] as const;

const sessionsKey = (userId: string | null) => [...learnerKey(userId), 'sessions'] as const;

/** The account of the learner; nothing is asked for trials. */
export function useProfile() {
  return useQuery({
    queryKey: profileKey(useUserId()),
    queryFn: () => answerOf(api.GET('/auth/me')),
    enabled: useHasAccount(),
  });
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

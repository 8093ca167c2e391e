import { answerOf, api, session } from '@/api/client';
import type { LogInCall } from '@/api/session';
import type { ProfileChange, SecondFactorRequest } from '@/api/types';
import { deviceTimeZone } from '@/lib/device-time-zone';
import { isLanguage } from '@/lib/languages';
import { setPreference, usePreferences } from './preferences';
import { profileKey } from './queries/account';
import { queryClient } from './queries/query-client';
import { useSessionStore } from './session';

/** A second factor that is still asked for; null when the learner is logged in. */
export type LogInResult = SecondFactorRequest | null;

/** The header that brings a trial along. */
export const bearer = (token: string | null) => (token === null ? {} : { Authorization: `Bearer ${token}` });

/** The account's language becomes the device's; what the account does not know yet it learns from the device. */
async function settleIn(): Promise<void> {
  const profile = await answerOf(api.GET('/auth/me'));
  const { preferred_language: language, time_zone: timeZone } = profile;
  if (isLanguage(language)) setPreference({ language });
  const change: ProfileChange = {
    ...(language == null && { preferred_language: usePreferences.getState().language ?? undefined }),
    ...(timeZone == null && { time_zone: deviceTimeZone() ?? undefined }),
  };
  const isKnown = Object.values(change).every((value) => value === undefined);
  const settled = isKnown ? profile : await answerOf(api.PATCH('/auth/me', { body: change }));
  queryClient.setQueryData(profileKey(useSessionStore.getState().userId), settled);
}

/** Every log-in and sign-up ends here. */
export async function logInBy(ask: LogInCall): Promise<LogInResult> {
  const request = await session.logIn(ask);
  // Logged in is logged in: what fails from here on is made up for the next time.
  if (!request) await settleIn().catch(() => undefined);
  return request;
}

import { onlineManager, QueryClientProvider } from '@tanstack/react-query';
import { act, render } from '@testing-library/react-native';
import type { ReactElement } from 'react';
import { session } from '@/api/client';
import { useAhead } from '@/offline/ahead/ahead';
import { removeAttempts } from '@/offline/attempts/attempts';
import { emptyCache } from '@/offline/cache/cache';
import { resetPreferences } from '@/state/preferences';
import { queryClient } from '@/state/queries/query-client';
import { route } from './router';
import { profileOf, server, sessionOf } from './server';
import { Surroundings } from './surroundings';

// What is forgotten after minutes would keep the tests waiting at their end.
const { queries, mutations } = queryClient.getDefaultOptions();
queryClient.setDefaultOptions({
  queries: { ...queries, gcTime: Number.POSITIVE_INFINITY },
  mutations: { ...mutations, gcTime: Number.POSITIVE_INFINITY },
});

/** Lets what was asked be answered and drawn. */
export const settle = (milliseconds = 50) => act(() => jest.advanceTimersByTimeAsync(milliseconds));

export async function renderScreen(screen: ReactElement) {
  render(
    <Surroundings>
      <QueryClientProvider client={queryClient}>{screen}</QueryClientProvider>
    </Surroundings>,
  );
  await settle();
}

/** The learner of this device has begun a trial. */
export async function beginTrial(profile: object = {}) {
  const ofTrial = { email: null, email_verified: false, is_trial: true, has_password: false };
  server.on('GET /auth/me', () => [200, profileOf('trial', { ...ofTrial, ...profile })]);
  server.on('POST /auth/anonymous', () => [201, sessionOf('trial', true)]);
  await session.token();
}

/** The learner of this device is logged in. */
export async function logInAda(profile: object = {}) {
  server.on('GET /auth/me', () => [200, profileOf('ada', profile)]);
  await session.logIn(async () => sessionOf('ada', false));
}

async function forgetOffline() {
  onlineManager.setOnline(true);
  await removeAttempts('all');
  await emptyCache();
  useAhead.setState({ chosen: [], isLoading: false, savesData: false });
}

beforeEach(async () => {
  jest.useFakeTimers();
  server.reset();
  await session.forget();
  queryClient.clear();
  await forgetOffline();
  resetPreferences();
  route.params = {};
  for (const call of [route.push, route.replace, route.navigate, route.back, route.dismissTo])
    call.mockClear();
});

afterEach(() => {
  queryClient.clear();
  jest.useRealTimers();
});

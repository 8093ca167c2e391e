import createClient from 'openapi-fetch';
import { Platform } from 'react-native';
import { deviceTimeZone } from '@/lib/device-time-zone';
import { asking } from '@/offline/connection';
import { queryClient } from '@/state/queries/query-client';
import { useSessionStore } from '@/state/session';
import { secretStorage } from '@/storage/storage';
import { exclusivelyFor } from './exclusively';
import { FailureError, failureFromError, failureFromResponse } from './failure';
import { otherTabs } from './other-tabs';
import type { paths } from './schema';
import { baseUrl } from './server-url';
import { createSessionKeeper, type Learner } from './session';
import type { Session } from './types';

/** The server keeps the refresh token in a cookie for its own pages, out of the reach of scripts. */
const usesCookie = Platform.OS === 'web' && baseUrl === '';

/** Content that needs no token. It is asked for without waiting for a session, or for one to begin. */
const publicContent = /\/api\/v1\/(patterns|snippets)(\/[^/]+)?(\/snippets)?$/;

function isPublic(request: Request): boolean {
  return request.method === 'GET' && publicContent.test(request.url.split('?')[0] ?? '');
}

/** Refusals of the token, which another may cure; other answers with this status refuse a password or a code. */
const tokenRefusals = new Set(['token_missing', 'token_invalid', 'token_expired', 'session_ended']);

async function isTokenRefused(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  const problem: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  const code = typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : null;
  return typeof code === 'string' && tokenRefusals.has(code);
}

async function fetchWithToken(request: Request): Promise<Response> {
  if (isPublic(request)) return asking(fetch(request));
  const retry = request.clone();
  const token = await session.token();
  request.headers.set('Authorization', `Bearer ${token}`);
  const response = await asking(fetch(request));
  if (!(await isTokenRefused(response))) return response;
  retry.headers.set('Authorization', `Bearer ${await session.tokenInsteadOf(token)}`);
  return asking(fetch(retry));
}

interface FetchResult<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The answer's body, or a `FailureError`. */
export async function answerOf<Data>(call: Promise<FetchResult<Data>>): Promise<Data> {
  let result: FetchResult<Data>;
  try {
    result = await call;
  } catch (error) {
    throw new FailureError(failureFromError(error));
  }
  if (!result.response.ok) throw new FailureError(failureFromResponse(result.response, result.error));
  return result.data as Data;
}

/** Says where the refresh token is, in calls that set or remove it. */
export const sessionHeaders: Record<string, string> = usesCookie ? { 'Bugdrill-Session': 'cookie' } : {};

/** Calls that begin or end a session, or need none. */
export const anonymousApi = createClient<paths>({
  baseUrl,
  headers: sessionHeaders,
  fetch: (request) => asking(fetch(request)),
});

/** Nothing that was learnt for one learner is left for another; what is left may hold on other terms now. */
function changeLearner(learner: Learner) {
  useSessionStore.setState(learner);
  const isPrivate = (key: readonly unknown[]) => key[0] === 'learner' || key[0] === 'trace';
  const isOfThisLearner = (key: readonly unknown[]) => key[0] === 'learner' && key[1] === learner.userId;
  queryClient.removeQueries({
    predicate: ({ queryKey }) => isPrivate(queryKey) && !isOfThisLearner(queryKey),
  });
  void queryClient.invalidateQueries({ queryKey: ['learner', learner.userId] });
}

/** The learner's days begin by their own clock. The trial goes on without waiting for it, and without it as well. */
function tellTimeZone({ access_token }: Session) {
  const timeZone = deviceTimeZone();
  if (timeZone === null) return;
  const headers = { Authorization: `Bearer ${access_token}` };
  answerOf(anonymousApi.PATCH('/auth/me', { body: { time_zone: timeZone }, headers })).catch(() => undefined);
}

async function startTrial(): Promise<Session> {
  const trial = await answerOf(anonymousApi.POST('/auth/anonymous'));
  tellTimeZone(trial);
  return trial;
}

const tabs = otherTabs('session');

export const session = createSessionKeeper({
  storage: secretStorage,
  usesCookie,
  start: startTrial,
  refresh: (refreshToken) =>
    answerOf(anonymousApi.POST('/auth/refresh', { body: { refresh_token: refreshToken } })),
  end: async (refreshToken) => {
    await answerOf(anonymousApi.POST('/auth/logout', { body: { refresh_token: refreshToken } }));
  },
  now: () => Date.now(),
  exclusively: exclusivelyFor('session'),
  onLearnerChange: changeLearner,
  tellOtherTabs: tabs.tell,
});

tabs.whenTold(() => void session.restore());

export const api = createClient<paths>({ baseUrl, fetch: fetchWithToken });

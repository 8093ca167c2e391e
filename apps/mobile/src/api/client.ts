import createClient from 'openapi-fetch';
import { useSessionStore } from '@/state/session';
import { secretStorage } from '@/storage/storage';
import { exclusively } from './exclusively';
import { FailureError, failureFromError, failureFromResponse } from './failure';
import type { paths } from './schema';
import { createSessionKeeper } from './session';

/** On the web the server that serves the app is the API; native apps are built for a server. */
const baseUrl = process.env.EXPO_PUBLIC_API_URL ?? '';

/** Content that needs no token. It is asked for without waiting for a session, or for one to begin. */
const publicContent = /\/api\/v1\/(patterns|snippets)(\/[^/]+)?(\/snippets)?$/;

function isPublic(request: Request): boolean {
  return request.method === 'GET' && publicContent.test(request.url.split('?')[0] ?? '');
}

async function fetchWithToken(request: Request): Promise<Response> {
  if (isPublic(request)) return fetch(request);
  const retry = request.clone();
  const token = await session.token();
  request.headers.set('Authorization', `Bearer ${token}`);
  const response = await fetch(request);
  if (response.status !== 401) return response;
  retry.headers.set('Authorization', `Bearer ${await session.tokenInsteadOf(token)}`);
  return fetch(retry);
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

const anonymousApi = createClient<paths>({ baseUrl });

export const session = createSessionKeeper({
  storage: secretStorage,
  start: () => answerOf(anonymousApi.POST('/auth/anonymous')),
  refresh: (refreshToken) =>
    answerOf(anonymousApi.POST('/auth/refresh', { body: { refresh_token: refreshToken } })),
  now: () => Date.now(),
  exclusively,
  onUserChange: (userId) => useSessionStore.setState({ userId }),
});

export const api = createClient<paths>({ baseUrl, fetch: fetchWithToken });

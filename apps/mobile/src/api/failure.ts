import { languageNames } from '@/lib/languages';
import { type FormRefusal, formRefusalFrom } from './form-refusals';
import type { Language } from './types';

/** Everything that can go wrong between the app and the server, as the screens tell it apart. */
export type Failure =
  | { kind: 'offline' }
  | { kind: 'cannot-run-offline'; language: Language }
  | { kind: 'rate-limited'; seconds: number }
  | { kind: 'busy' }
  | { kind: 'trial-exhausted' }
  | { kind: 'snippet-changed' }
  | { kind: 'not-found' }
  | { kind: 'logged-out' }
  | { kind: 'learner-changed' }
  | { kind: 'crowded' }
  | { kind: 'form'; refusal: FormRefusal }
  | { kind: 'refused'; message: string }
  | { kind: 'server'; status: number; code: string | null };

export class FailureError extends Error {
  override readonly name = 'FailureError';

  constructor(readonly failure: Failure) {
    super(failure.kind === 'server' ? `server: ${failure.status} ${failure.code ?? ''}` : failure.kind);
  }
}

const defaultRetrySeconds = 30;

function secondsFrom(retryAfter: string | null): number {
  const seconds = Number(retryAfter);
  return retryAfter !== null && Number.isFinite(seconds) && seconds > 0
    ? Math.ceil(seconds)
    : defaultRetrySeconds;
}

function textOf(problem: unknown, field: 'code' | 'detail'): string | null {
  if (typeof problem !== 'object' || problem === null) return null;
  const value = (problem as Record<string, unknown>)[field];
  return typeof value === 'string' ? value : null;
}

/** Reads an error answer (RFC 9457). */
export function failureFromResponse(
  response: Pick<Response, 'status' | 'headers'>,
  problem: unknown,
): Failure {
  const code = textOf(problem, 'code');
  if (response.status === 429) {
    return { kind: 'rate-limited', seconds: secondsFrom(response.headers.get('Retry-After')) };
  }
  if (code === 'queue_full') return { kind: 'busy' };
  if (code === 'busy') return { kind: 'crowded' };
  if (code === 'trial_exhausted') return { kind: 'trial-exhausted' };
  if (code === 'snippet_changed') return { kind: 'snippet-changed' };
  const refusal = formRefusalFrom(response.status, code);
  if (refusal) return { kind: 'form', refusal };
  if (response.status === 404) return { kind: 'not-found' };
  const detail = textOf(problem, 'detail');
  // The problem is in the request, and the detail is written for people. A token is the app's own affair.
  if (response.status >= 400 && response.status < 500 && response.status !== 401 && detail !== null) {
    return { kind: 'refused', message: detail };
  }
  return { kind: 'server', status: response.status, code };
}

/** Reads anything thrown while asking the server. `fetch` throws a TypeError when there is no connection. */
export function failureFromError(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  if (error instanceof TypeError) return { kind: 'offline' };
  return { kind: 'server', status: 0, code: null };
}

export interface FailureText {
  title: string;
  message: string;
}

export function describeFailure(failure: Failure): FailureText {
  switch (failure.kind) {
    case 'offline':
      return {
        title: "Can't reach the server",
        message: 'Check your connection and try again. What you typed is saved on this device.',
      };
    case 'cannot-run-offline':
      return {
        title: `Running ${languageNames[failure.language]} needs a connection`,
        message:
          'What you typed is saved on this device. You can submit it now: it is sent, and counts, once you are online.',
      };
    case 'rate-limited':
      return {
        title: 'A short break',
        message: `That was a lot of requests in a short time. It goes on in ${failure.seconds} ${failure.seconds === 1 ? 'second' : 'seconds'}.`,
      };
    case 'busy':
      return {
        title: 'Many are running code just now',
        message: 'Your code was not run. Try again in a moment.',
      };
    case 'trial-exhausted':
      return {
        title: 'Your trial snippets are used',
        message:
          'This trial has used all its snippets. You can keep practising those, or sign up for all of them.',
      };
    case 'snippet-changed':
      return {
        title: 'This snippet was updated',
        message: 'The newest version has been loaded. Your code is still here.',
      };
    case 'not-found':
      return { title: 'Not found', message: 'It may have been moved or taken down.' };
    case 'logged-out':
      return {
        title: 'You are logged out',
        message: 'Log in again to go on. What you typed is saved on this device.',
      };
    case 'learner-changed':
      return {
        title: 'The account was changed',
        message: 'That happened in another window. Try again to go on with it here.',
      };
    case 'crowded':
      return { title: 'Many are logging in just now', message: 'Try again in a moment.' };
    case 'form':
      return { title: "That didn't work", message: failure.refusal.message };
    case 'refused':
      return { title: "That didn't work", message: failure.message };
    case 'server':
      return {
        title: 'Something went wrong on our side',
        message: 'Nothing is lost. Try again in a moment.',
      };
  }
}

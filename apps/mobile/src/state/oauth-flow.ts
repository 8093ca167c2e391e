import { anonymousApi, answerOf, session } from '@/api/client';
import { FailureError, failureFromError } from '@/api/failure';
import { providerRefusal } from '@/api/form-refusals';
import { challengeOf, newVerifier } from '@/lib/pkce';
import { bearer, type LogInResult, logInBy } from './log-in';
import { returnAddress, visitProvider } from './oauth-browser';
import type { OauthFlow } from './oauth-types';

/** How a provider's page was left. */
export interface OauthReturn {
  code?: string | null;
  error?: string | null;
}

function returnFrom(address: string): OauthReturn {
  const query = new URLSearchParams(address.split('#')[0]?.split('?')[1] ?? '');
  return { code: query.get('code'), error: query.get('error') };
}

/** The code is none that the learner has typed. */
function inOurWords(error: unknown): never {
  const failure = failureFromError(error);
  if (failure.kind === 'form' && failure.refusal.code === 'code_invalid') throw refused('state_invalid');
  throw error;
}

const refused = (code: string) => new FailureError({ kind: 'form', refusal: providerRefusal(code) });

/** Goes on where the provider's page was left. */
export async function finishFlow(flow: OauthFlow | null, { code, error }: OauthReturn): Promise<LogInResult> {
  // A code without the flow that asked for it may be somebody else's.
  if (!flow || !code) throw refused(error ?? 'state_invalid');
  const params = { path: { provider: flow.provider } };
  const body = { code, code_verifier: flow.verifier };
  return logInBy(() =>
    answerOf(anonymousApi.POST('/auth/oauth/{provider}', { params, body })).catch(inOurWords),
  );
}

/**
 * Logs in by a provider; `undefined` if the learner comes back without. On the web the page is left, and the callback's
 * page goes on.
 */
export async function logInWithProvider(
  provider: string,
  returnTo: string,
): Promise<LogInResult | undefined> {
  const flow: OauthFlow = { provider, verifier: newVerifier(), returnTo };
  const params = { path: { provider } };
  const body = { code_challenge: await challengeOf(flow.verifier), return_to: returnAddress };
  const { authorization_url: address } = await session.withTrial((trialToken) =>
    answerOf(
      anonymousApi.POST('/auth/oauth/{provider}/start', { params, body, headers: bearer(trialToken) }),
    ),
  );
  const back = await visitProvider(address, flow);
  return back === null ? undefined : finishFlow(flow, returnFrom(back));
}

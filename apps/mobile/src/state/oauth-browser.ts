import { openAuthSessionAsync } from 'expo-web-browser';
import type { OauthFlow } from './oauth-types';

/** Where the server sends the browser when the provider is done. */
export const returnAddress = 'bugdrill://oauth';

/** Shows the provider's page, and gives back the address that it ends with; null if the learner closes it. */
export async function visitProvider(address: string, _flow: OauthFlow): Promise<string | null> {
  const result = await openAuthSessionAsync(address, returnAddress);
  return result.type === 'success' ? result.url : null;
}

/** Native apps wait for the browser, and keep the flow meanwhile. */
export const takeFlow = (): OauthFlow | null => null;

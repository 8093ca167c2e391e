import type { OauthFlow } from './oauth-types';

/** The server knows the page of its own app. */
export const returnAddress = undefined;

const storageKey = 'oauth-flow';

/** Leaves for the provider's page. What is needed to go on stays in this tab, which no other page can read. */
export function visitProvider(address: string, flow: OauthFlow): Promise<null> {
  sessionStorage.setItem(storageKey, JSON.stringify(flow));
  location.assign(address);
  // It is back at once, as it was, when the learner goes back in the browser.
  return new Promise((resolve) => {
    addEventListener('pageshow', () => resolve(null), { once: true });
  });
}

/** What was kept for the way back, once. */
export function takeFlow(): OauthFlow | null {
  const text = sessionStorage.getItem(storageKey);
  sessionStorage.removeItem(storageKey);
  if (text === null) return null;
  try {
    return JSON.parse(text) as OauthFlow;
  } catch {
    return null;
  }
}

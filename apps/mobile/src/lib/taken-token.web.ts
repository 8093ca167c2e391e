/** The pages that mailed links open. */
const pages = ['/reset-password', '/verify-email'];

/** Takes a token out of the address bar, so that it is in no history, bookmark or picture of the screen. */
function takeToken(): string | null {
  if (typeof location === 'undefined' || !pages.includes(location.pathname)) return null;
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token !== null) history.replaceState(history.state, '', location.pathname);
  return token;
}

/** The token of the mailed link by which this page was opened. */
export const takenToken = takeToken();

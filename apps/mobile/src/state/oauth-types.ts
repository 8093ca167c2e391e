/** A log-in by way of a provider, from leaving for its page until coming back. */
export interface OauthFlow {
  provider: string;
  /** Without it nobody can use the code that comes back. */
  verifier: string;
  /** The app's path to go on at. */
  returnTo: string;
}

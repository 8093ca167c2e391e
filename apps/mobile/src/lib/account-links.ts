import { type Href, router, usePathname } from 'expo-router';

/** A path of the app, such as it may stand in an address; no other site's. */
const ownPath = /^\/[\w-]+(\/[\w-]+)*$/;

/** Where to go on after logging in: where the learner came from. */
export const pathFrom = (from: unknown): Href =>
  typeof from === 'string' && ownPath.test(from) ? (from as Href) : '/';

/** The ways from the screen in front to an account; both lead back to it. */
export function useAccountLinks() {
  const from = usePathname();
  return {
    signUp: () => router.push({ pathname: '/sign-up', params: { from } }),
    logIn: () => router.push({ pathname: '/log-in', params: { from } }),
  };
}

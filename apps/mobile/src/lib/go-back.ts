import { type Href, router } from 'expo-router';

/** Back to where the learner came from; after a link from elsewhere, to the screen above. */
export function goBack(parent: Href): void {
  if (router.canGoBack()) router.back();
  else router.replace(parent);
}

import { Platform, Share } from 'react-native';
import type { ShareLink, ShareOutcome } from './share-links';

/** Lets the learner give a link to others: here by the device's sheet. */
export async function shareLink({ words, url }: ShareLink): Promise<ShareOutcome> {
  // Android's sheet takes words alone.
  const content = Platform.OS === 'ios' ? { message: words, url } : { message: `${words} ${url}` };
  try {
    await Share.share(content);
    return null;
  } catch {
    return 'failed';
  }
}

import type { ShareLink, ShareOutcome } from './share-links';

type Browser = Partial<Pick<Navigator, 'share' | 'clipboard'>>;

/** Lets the learner give a link to others: here by the browser's sheet, or by the clipboard where there is none. */
export async function shareLink({ words, url }: ShareLink): Promise<ShareOutcome> {
  const { share, clipboard }: Browser = navigator;
  try {
    if (share) {
      await share.call(navigator, { title: words, url });
      return null;
    }
  } catch (error) {
    if (isClosedSheet(error)) return null;
  }
  try {
    if (!clipboard) return copyByCommand(url) ? 'copied' : 'failed';
    await clipboard.writeText(url);
    return 'copied';
  } catch {
    return 'failed';
  }
}

const isClosedSheet = (error: unknown) => error instanceof Error && error.name === 'AbortError';

/**
 * Copies where the server has no certificate, which is where browsers have no clipboard for scripts. Expo's way of it
 * selects the text in a field of its own: a sheet in front takes the focus back from that, nothing is copied, and it is
 * told as a success.
 */
function copyByCommand(text: string): boolean {
  let isCopied = false;
  function write(event: ClipboardEvent) {
    if (!event.clipboardData) return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    isCopied = true;
  }
  document.addEventListener('copy', write);
  try {
    return document.execCommand('copy') && isCopied;
  } finally {
    document.removeEventListener('copy', write);
  }
}

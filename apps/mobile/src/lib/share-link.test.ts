import { Platform, Share } from 'react-native';
import { shareLink } from './share-link';

const link = { words: 'I did it.', url: 'https://drill.example/share/daily/2026-11-29' };

afterEach(() => jest.restoreAllMocks());

const share = () => jest.spyOn(Share, 'share').mockResolvedValue({ action: Share.sharedAction });

test('opens the sheet of iOS with the words and the link', async () => {
  const opened = share();
  expect(await shareLink(link)).toBeNull();
  expect(opened).toHaveBeenCalledWith({ message: 'I did it.', url: link.url });
});

test('opens the sheet of Android with the link among the words', async () => {
  jest.replaceProperty(Platform, 'OS', 'android');
  const opened = share();
  expect(await shareLink(link)).toBeNull();
  expect(opened).toHaveBeenCalledWith({ message: `I did it. ${link.url}` });
});

test('has failed at nothing when the sheet is closed', async () => {
  share().mockResolvedValue({ action: Share.dismissedAction });
  expect(await shareLink(link)).toBeNull();
});

test('tells when there is no sheet', async () => {
  share().mockRejectedValue(new Error('No activity'));
  expect(await shareLink(link)).toBe('failed');
});

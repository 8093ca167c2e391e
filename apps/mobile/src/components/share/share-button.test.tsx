import { fireEvent, screen } from '@testing-library/react-native';
import { StyleSheet } from 'react-native';
import { shareLink } from '@/lib/share-link';
import { renderScreen, settle } from '@/testing/render-screen';
import { ShareDailyButton } from './share-daily-button';

jest.mock('@/lib/share-link', () => ({ shareLink: jest.fn() }));

const shared = jest.mocked(shareLink);

async function press() {
  fireEvent.press(screen.getByTestId('share-daily'));
  await settle();
}

const button = () => screen.getByTestId('share-daily');

const size = () => {
  const { width, minHeight } = StyleSheet.flatten(button().props.style);
  return { width, minHeight };
};

beforeEach(() => shared.mockReset());

test('shares the link on this server', async () => {
  shared.mockResolvedValue(null);
  await renderScreen(<ShareDailyButton date="2026-11-29" />);
  expect(screen.getByRole('button', { name: 'Share the daily challenge' })).toHaveTextContent('Share');
  await press();
  expect(shared).toHaveBeenCalledWith({
    words: "I fixed today's bug on bugdrill. Can you?",
    url: 'http://server.test/share/daily/2026-11-29',
  });
  expect(button()).toHaveTextContent('Share');
});

test.each([
  ['copied', 'Link copied'],
  ['failed', "Couldn't share"],
] as const)('says in its own place that it has %s, and takes no more of it', async (outcome, words) => {
  shared.mockResolvedValue(outcome);
  await renderScreen(<ShareDailyButton date="2026-11-29" />);
  const before = size();
  expect(before.width).toBeGreaterThanOrEqual(44);
  expect(before.minHeight).toBeGreaterThanOrEqual(44);
  await press();
  expect(screen.getByRole('button', { name: words })).toHaveTextContent(words);
  expect(size()).toEqual(before);
});

test('can be tried again after a failure', async () => {
  shared.mockResolvedValueOnce('failed').mockResolvedValueOnce(null);
  await renderScreen(<ShareDailyButton date="2026-11-29" />);
  await press();
  await press();
  expect(button()).toHaveTextContent('Share');
});

import { fireEvent, screen, within } from '@testing-library/react-native';
import type { VersionedOffers } from '@/editor/editor-command';
import { offersFor } from '@/editor/token-offers';
import { readCode } from '@/editor/tokens';
import { usePreferences } from '@/state/preferences';
import { renderScreen } from '@/testing/render-screen';
import { TokenPalette } from './token-palette';

const code = 'while low < high: pass';
const onAction = jest.fn();

const offersAt = (from: number, to: number): VersionedOffers => ({
  ...offersFor(readCode(code, 'python'), { from, to }),
  version: 7,
});

const open = (offers: VersionedOffers | null, rows: 1 | 2 | 3 = 3) =>
  renderScreen(<TokenPalette offers={offers} softKeyboard={false} rows={rows} onAction={onAction} />);

const labelsIn = (row: string) =>
  within(screen.getByLabelText(row))
    .getAllByRole('button')
    .map(({ props }) => String(props.testID).replace('key-', ''));

test('with nothing selected a hint and the keys for lines are there', async () => {
  await open(null);
  expect(screen.getByText('Tap a token to change it')).toBeTruthy();
  fireEvent.press(screen.getByLabelText('Move line up'));
  expect(onAction).toHaveBeenLastCalledWith({ kind: 'move-up' });
});

test('a key makes its edit, in the code that it was offered for', async () => {
  await open(offersAt(10, 11));
  fireEvent.press(screen.getByLabelText('Replace by <='));
  expect(onAction).toHaveBeenLastCalledWith({
    kind: 'edit',
    edit: { changes: [{ from: 10, to: 11, insert: '<=' }], selection: { from: 10, to: 12 } },
    version: 7,
  });
});

test('each group has its row where there is room', async () => {
  await open(offersAt(6, 9));
  expect(labelsIn('In its place')[0]).toBe('high');
  expect(labelsIn('With it')[0]).toBe('+1');
  expect(labelsIn('After it')[0]).toBe('and');
});

test('the first of each group come first where a row holds several', async () => {
  const offers = offersAt(6, 9);
  await open(offers, 1);
  const labels = labelsIn('In its place');
  expect(labels.slice(0, 15)).toEqual(
    offers.groups.flatMap((group) => group.slice(0, 5)).map(({ label }) => label),
  );
  expect(labels).toHaveLength(offers.groups.flat().length);
});

test('the keyboard is the last key', async () => {
  await open(offersAt(6, 9));
  expect(screen.getAllByRole('button').at(-1)?.props.accessibilityLabel).toBe('Use the keyboard');
  fireEvent.press(screen.getByLabelText('Use the keyboard'));
  expect(usePreferences.getState().softKeyboard).toBe(true);
});

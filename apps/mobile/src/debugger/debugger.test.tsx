import { act, fireEvent, render, screen, within } from '@testing-library/react-native';
import { Surroundings } from '@/testing/surroundings';
import { Debugger } from './debugger';
import { recorded } from './recorded/recorded';

// Jest has no dynamic import.
jest.mock('@/editor/load-editor', () => ({
  loadEditor: async () => jest.requireActual('@/editor/highlight'),
}));

async function open(name: keyof typeof recorded, { isTruncated = false, end = null as string | null } = {}) {
  const { code, language, trace } = recorded[name];
  render(
    <Surroundings>
      <Debugger code={code} language={language} trace={{ ...trace, is_truncated: isTruncated }} end={end} />
    </Surroundings>,
  );
  // The code is coloured now.
  await act(async () => {});
  const layout = { x: 0, y: 0, width: 358, height: 0 };
  fireEvent(screen.getByTestId('variables-width'), 'layout', { nativeEvent: { layout } });
}

const press = (testID: string, times = 1) => {
  for (let count = 0; count < times; count += 1) fireEvent.press(screen.getByTestId(testID));
};

const pressUntil = (testID: string, text: string) => {
  for (let count = 0; count < 200; count += 1) {
    if (within(screen.getByTestId('step-text')).queryByText(text)) return;
    press(testID);
  }
  throw new Error(`never: ${text}`);
};

test('steps forward and back, to the end and to the beginning', async () => {
  await open('searchRotated');
  expect(screen.getByTestId('step-position')).toHaveTextContent('1 / 23');
  expect(screen.getByTestId('step-text')).toHaveTextContent(/search_rotated is called.*target = 15/);
  press('step-forward');
  expect(screen.getByTestId('step-text')).toHaveTextContent('Next: line 2');
  expect(screen.getByTestId('current-line')).toHaveTextContent(/low = 0/);
  press('step-last');
  expect(screen.getByTestId('step-text')).toHaveTextContent('search_rotated returns 2');
  expect(screen.getByTestId('step-forward')).toBeDisabled();
  press('step-forward');
  expect(screen.getByTestId('step-position')).toHaveTextContent('23 / 23');
  press('step-back');
  expect(screen.getByTestId('step-position')).toHaveTextContent('22 / 23');
  press('step-first');
  press('step-back');
  expect(screen.getByTestId('step-position')).toHaveTextContent('1 / 23');
});

test('what has changed is marked, and the pointers stand below the list', async () => {
  await open('searchRotated');
  press('step-forward', 2);
  expect(screen.getByTestId('variable-low')).toHaveAccessibleName('low: 0, changed');
  press('step-forward');
  expect(screen.getByTestId('variable-low')).toHaveAccessibleName('low: 0');
  expect(screen.getByTestId('cells-numbers')).toHaveAccessibleName(
    /^numbers: \[11, .*\. low at 0, high at 7$/,
  );
});

test('the scrubber goes anywhere, and a screen reader moves it step by step', async () => {
  await open('searchRotated');
  const scrubber = screen.getByTestId('scrubber');
  fireEvent(scrubber, 'layout', { nativeEvent: { layout: { x: 0, y: 0, width: 240, height: 44 } } });
  fireEvent(scrubber, 'responderGrant', { nativeEvent: { pageX: 146, locationX: 120 } });
  expect(screen.getByTestId('step-position')).toHaveTextContent('12 / 23');
  fireEvent(scrubber, 'responderMove', { nativeEvent: { pageX: 9999 } });
  expect(screen.getByTestId('step-position')).toHaveTextContent('23 / 23');
  fireEvent(scrubber, 'accessibilityAction', { nativeEvent: { actionName: 'increment' } });
  fireEvent(scrubber, 'accessibilityAction', { nativeEvent: { actionName: 'decrement' } });
  expect(screen.getByTestId('step-position')).toHaveTextContent('22 / 23');
  expect(screen.queryByTestId('step-over')).toBeNull();
});

test('a recursion has a stack of calls, which can be looked into and stepped over', async () => {
  await open('treeDiameter');
  pressUntil('step-forward', 'Next: line 9');
  const stack = within(screen.getByTestId('call-stack'));
  expect(stack.getAllByText('depth')).toHaveLength(3);
  expect(screen.getByTestId('drawing-tree')).toBeTruthy();

  press('frame-1');
  expect(screen.getByTestId('step-text')).toHaveTextContent('Waits at line 13');
  expect(screen.getByTestId('current-line')).toHaveTextContent(/depth\(root\)/);
  press('step-first');
  pressUntil('step-forward', 'Next: line 13');
  press('step-over');
  expect(screen.getByTestId('step-text')).toHaveTextContent('Next: line 14');
});

test('a linked list is drawn with the variables that point at its nodes', async () => {
  await open('reverseList');
  pressUntil('step-forward', 'Next: line 7');
  const [first, second] = screen.getAllByTestId('drawing-linked_list');
  expect(first).toHaveAccessibleName('following: 2 → 3 → 4');
  expect(second).toHaveAccessibleName('head: 1. current: 1');
  expect(within(second ?? screen.root).getByText('null')).toBeTruthy();
});

test('an exception is told where it happens', async () => {
  await open('longestRun');
  press('step-last');
  expect(screen.getByTestId('step-text')).toHaveTextContent('longest_run is left by the exception');
  press('step-back');
  expect(screen.getByTestId('step-text')).toHaveTextContent('IndexError: list index out of range');
  expect(screen.getByTestId('current-line')).toHaveTextContent(/if numbers\[end\]/);
});

test('the end tells what the steps do not', async () => {
  await open('longestSubstring', { isTruncated: true, end: 'Stopped after 1,000 steps.' });
  expect(screen.getByTestId('step-position')).toHaveTextContent('1 / 29+');
  expect(screen.queryByTestId('step-end')).toBeNull();
  press('step-last');
  expect(screen.getByTestId('step-end')).toHaveTextContent('Stopped after 1,000 steps.');
});

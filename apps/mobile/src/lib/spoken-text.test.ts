import { spokenCode, spokenText } from './spoken-text';

test.each([
  ['low <= high', 'low less than or equal to high'],
  ['left_index += 1', 'left index plus equals 1'],
  ['leftIndex !== rightIndex', 'left index is not right index'],
  ['numbers[-1]', 'numbers at minus 1'],
  ['seen = {}', 'seen is set to empty braces'],
  ['middle = (low + high) // 2', 'middle is set to low plus high divided, rounded down, by 2'],
  ['swap(a, b)', 'swap a, b'],
  ['return []', 'return empty list'],
  ['node.next', 'node dot next'],
])('%s', (code, spoken) => {
  expect(spokenCode(code)).toBe(spoken);
});

test('a text is read in sentences, its code as words', () => {
  expect(
    spokenText('The loop ends **early**:\n`low < high` leaves one out.\n\n- Look at `high`\n- Then at 2.'),
  ).toBe('The loop ends early: low less than high leaves one out.\nLook at high. Then at 2.');
});

test('blocks of code are read line by line', () => {
  expect(spokenText('```\nif not node:\n    return 0\n```')).toBe('if not node colon. return 0.');
});

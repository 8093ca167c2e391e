import { applyKey, tokenAt } from './apply-key';
import { namesIn, operatorKeys, type PaletteKey, wordKeys } from './palette-keys';

/** `|` is the cursor, `«…»` a selection. */
function press(marked: string, key: PaletteKey): string {
  const from = marked.search(/[|«]/);
  const to = marked.includes('»') ? marked.indexOf('»') - 1 : from;
  const line = marked.replace(/[|«»]/g, '');
  const change = applyKey(line, from, to, key);
  const result = line.slice(0, change.from) + change.insert + line.slice(change.to);
  return `${result.slice(0, change.cursor)}|${result.slice(change.cursor)}`;
}

const python = (label: string) => {
  const key = operatorKeys('python').find((candidate) => candidate.label === label);
  if (!key) throw new Error(`no key ${label}`);
  return key;
};

const word = (text: string): PaletteKey => ({ label: text, text, kind: 'word' });

describe('a key of the palette', () => {
  test.each([
    ['while left <|= right:', '<', 'while left <| right:'],
    ['while left |< right:', '<=', 'while left <=| right:'],
    ['while left| right:', '==', 'while left ==| right:'],
    ['if a and| b:', 'or', 'if a or| b:'],
    ['total |+ 2', '-', 'total -| 2'],
    ['foo(|x)', '(', 'foo((|x)'],
    ['if |x:', 'not', 'if not |x:'],
    ['if «a < b»:', '==', 'if ==|:'],
  ])('%s with %s', (before, label, after) => {
    expect(press(before, python(label))).toBe(after);
  });

  test.each([
    ['return le|ft', '+1', 'return left + 1|'],
    ['return left| + 1', '+1', 'return left + 2|'],
    ['range(n| - 1)', '+1', 'range(n|)'],
    ['nums[ri|ght] = x', '−1', 'nums[right - 1|] = x'],
    ['range(«n»)', '+1', 'range(n + 1|)'],
    ['len(nums)|', '−1', 'len(nums) - 1|'],
  ])('%s with the offset %s', (before, label, after) => {
    expect(press(before, python(label))).toBe(after);
  });

  test.each([
    ['left = le|ft', 'right', 'left = right|'],
    ['nums[|0]', 'i', 'nums[i|]'],
    ['foo(|)', 'x', 'foo(x|)'],
  ])('%s with the name %s', (before, name, after) => {
    expect(press(before, word(name))).toBe(after);
  });
});

test.each([
  ['left <= right', 6, '<='],
  ['nums[i]', 5, 'i'],
  ['nums[i]', 4, 'nums'],
  ['a   b', 2, undefined],
])('the token in %s at %i', (line, position, token) => {
  expect(tokenAt(line, position)?.text).toBe(token);
});

test('names of the code come first, without keywords, texts and comments', () => {
  const code = 'def f(nums):\n    # a comment\n    return nums[low] if "text" else low';
  expect(namesIn(code)).toEqual(['nums', 'low', 'f']);
  expect(
    wordKeys(code, 'python')
      .slice(0, 4)
      .map((key) => key.label),
  ).toEqual(['nums', 'low', 'f', '0']);
});

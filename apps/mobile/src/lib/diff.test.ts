import { compare, compareCode, markDifferences, type Segment } from './diff';

/** Writes marks as «…». */
const written = (segments: Segment[]) =>
  segments.map(({ text, isMarked }) => (isMarked ? `«${text}»` : text)).join('');

describe('markDifferences', () => {
  test.each([
    ['[1, 3]', '[1, 4]', '[1, «3»]', '[1, «4»]'],
    ['[1, 2, 3]', '[1, 3]', '[1, «2, »3]', '[1, 3]'],
    ['-1', '1', '«-1»', '«1»'],
    ['True', 'False', '«True»', '«False»'],
    ["'abc'", "'abc'", "'abc'", "'abc'"],
    ['', '[]', '', '«[]»'],
    ['12', '123', '«12»', '«123»'],
  ])('%s against %s', (before, after, markedBefore, markedAfter) => {
    const marked = markDifferences(before, after);
    expect(written(marked.before)).toBe(markedBefore);
    expect(written(marked.after)).toBe(markedAfter);
  });

  test('both texts stay whole', () => {
    const before = '{"größe": [1.5, -2], "x": "a b"}';
    const after = '{"größe": [1.25, 2, 3]}';
    const marked = markDifferences(before, after);
    const plain = (segments: Segment[]) => segments.map((segment) => segment.text).join('');
    expect(plain(marked.before)).toBe(before);
    expect(plain(marked.after)).toBe(after);
  });
});

test('long texts that have little in common are still compared', () => {
  const numbers = (start: number) => Array.from({ length: 3000 }, (_, index) => String(start + index));
  const result = compare(numbers(0), numbers(10_000));
  expect(result.filter((step) => step.change === 'same')).toHaveLength(0);
  expect(result).toHaveLength(6000);
});

test('compareCode marks the one place that changed', () => {
  const before = 'while left <= right:\n    step()\n';
  const after = 'while left < right:\n    step()\n    done()\n';
  expect(compareCode(before, after).map(({ change, segments }) => `${change} ${written(segments)}`)).toEqual([
    'removed while left «<=» right:',
    'added while left «<» right:',
    'same     step()',
    'added     done()',
  ]);
});

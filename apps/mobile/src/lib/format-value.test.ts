import { formatCall, formatInput, formatValue, nameIn } from './format-value';

describe('formatValue', () => {
  test.each([
    [null, 'None', 'null'],
    [true, 'True', 'true'],
    [2.5, '2.5', '2.5'],
    ['plain', "'plain'", '"plain"'],
    ["it's", '"it\'s"', '"it\'s"'],
    ['"both" isn\'t', "'\"both\" isn\\'t'", '"\\"both\\" isn\'t"'],
    ['line\nbreak', "'line\\nbreak'", '"line\\nbreak"'],
    [[1, [null, false]], '[1, [None, False]]', '[1, [null, false]]'],
    [{ a: 1, 'b c': [] }, "{'a': 1, 'b c': []}", '{a: 1, "b c": []}'],
    [
      { $int: '123456789012345678901234567890' },
      '123456789012345678901234567890',
      '123456789012345678901234567890n',
    ],
    [{ $float: 'NaN' }, 'nan', 'NaN'],
    [{ $float: '-Infinity' }, '-inf', '-Infinity'],
    [
      {
        $map: [
          [1, 'a'],
          [[2, 3], null],
        ],
      },
      "{1: 'a', [2, 3]: None}",
      'Map {1 => "a", [2, 3] => null}',
    ],
    [{ $set: [1, 2] }, '{1, 2}', 'Set {1, 2}'],
    [{ $set: [] }, 'set()', 'Set {}'],
    [{ $list: [3, 1, 4], cycle: 1 }, '3 → 1 → 4 → back to position 1', '3 → 1 → 4 → back to position 1'],
  ])('%j', (value, python, javascript) => {
    expect(formatValue(value, 'python')).toBe(python);
    expect(formatValue(value, 'javascript')).toBe(javascript);
  });
});

test('inputs are written as assignments', () => {
  expect(formatInput({ sorted_numbers: [1], target: 3 }, 'python')).toBe('sorted_numbers = [1]\ntarget = 3');
  expect(formatInput({ sorted_numbers: [1], target: 3 }, 'javascript')).toBe(
    'sortedNumbers = [1]\ntarget = 3',
  );
});

test.each([
  [['MinStack'], 'MinStack()', 'new MinStack()'],
  [['push_all', [1, 2], true], 'push_all([1, 2], True)', 'pushAll([1, 2], true)'],
  [['pop'], 'pop()', 'pop()'],
])('a call is written as a call: %j', (call, python, javascript) => {
  expect(formatCall(call, 'python')).toBe(python);
  expect(formatCall(call, 'javascript')).toBe(javascript);
});

test('private names keep their underscore', () => {
  expect(nameIn('javascript', '_next_item')).toBe('_nextItem');
});

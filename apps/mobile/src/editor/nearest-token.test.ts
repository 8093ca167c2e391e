import { nearestToken } from './nearest-token';

const boxes = (...edges: [string, number, number][]) =>
  edges.map(([name, left, right]) => ({ name, left, right }));

// `left < nums[i]`, with characters nine pixels wide.
const line = boxes(
  ['left', 0, 36],
  ['<', 45, 54],
  ['nums', 63, 99],
  ['[', 99, 108],
  ['i', 108, 117],
  [']', 117, 126],
);

test.each([
  [18, 'left'],
  [36, 'left'],
  [40, '<'],
  [49, '<'],
  [58, '<'],
  [64, 'nums'],
  [103, '['],
  [113, 'i'],
  [140, ']'],
  [170, undefined],
])('a finger at %i', (x, name) => {
  expect(nearestToken(line, x)?.name).toBe(name);
});

test('nothing is near on an empty line', () => {
  expect(nearestToken([], 5)).toBeNull();
});

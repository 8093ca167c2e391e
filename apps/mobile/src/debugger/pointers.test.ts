import type { Variable } from '@/api/types';
import { findCells, findIndexUses } from './pointers';
import { recorded } from './recorded/recorded';
import { type Frame, replay } from './replay';

const list = (name: string, ...items: number[]): Variable => ({
  name,
  text: `[${items.join(', ')}]`,
  structure: { kind: 'list', items: items.map(String), length: items.length },
});

const value = (name: string, text: string): Variable => ({ name, text });

const frame = (...variables: Variable[]): Frame => ({
  function: 'f',
  line: 1,
  variables: new Map(variables.map((variable) => [variable.name, variable])),
});

const pointersOf = (code: string, ...variables: Variable[]) =>
  Object.fromEntries(
    findCells(frame(...variables), findIndexUses(code)).map(({ name, pointers }) => [name, [...pointers]]),
  );

test('names in brackets are found, without those of inner brackets', () => {
  const uses = findIndexUses('total = seen[numbers[left]] + numbers[i + 1] - text.charCodeAt(end - 1)');
  expect([...uses].map(([name, indices]) => [name, [...indices]])).toEqual([
    ['seen', ['numbers']],
    ['numbers', ['left', 'i']],
    ['text', ['end']],
  ]);
});

test('an integer that is used as an index points into the list, other integers do not', () => {
  expect(
    pointersOf('numbers[here]', list('numbers', 5, 6, 7), value('here', '2'), value('target', '1')),
  ).toEqual({ numbers: [[2, ['here']]] });
});

test('a customary name points, but not into a list when it is the index of another', () => {
  const variables = [list('numbers', 5, 6), list('result', 1, 2), value('i', '1'), value('middle', '0')];
  expect(pointersOf('numbers[i]', ...variables)).toEqual({
    numbers: [
      [1, ['i']],
      [0, ['middle']],
    ],
    result: [[0, ['middle']]],
  });
});

test('several names stand at one index, and none outside', () => {
  const variables = [
    list('a', 1, 2),
    value('left', '1'),
    value('right', '1'),
    value('i', '2'),
    value('j', '-1'),
  ];
  expect(pointersOf('', ...variables)).toEqual({ a: [[1, ['left', 'right']]] });
});

test('only integers are indices', () => {
  expect(pointersOf('a[i] + a[j]', list('a', 1, 2), value('i', '1.0'), value('j', "'1'"))).toEqual({ a: [] });
});

test('the pointers move with a search', () => {
  const { code, trace } = recorded.searchRotated;
  const uses = findIndexUses(code);
  const moments = replay(trace.steps);
  const seen = moments.map(({ frames: [outermost] }) => {
    const [cells] = outermost ? findCells(outermost, uses) : [];
    return [...(cells?.pointers ?? [])].map(([index, names]) => `${names}@${index}`).join(' ');
  });
  expect([...new Set(seen)]).toEqual([
    '',
    'low@0',
    'low@0 high@7',
    'low@0 high@7 middle@3',
    'low@0 high,middle@3',
    'low@0 high@3 middle@1',
    'low@2 high@3 middle@1',
    'low,middle@2 high@3',
  ]);
});

test('a string is drawn when something points into it', () => {
  const { code, trace } = recorded.longestSubstring;
  const uses = findIndexUses(code);
  const cells = replay(trace.steps).map(({ frames: [only] }) =>
    only ? findCells(only, uses)[0] : undefined,
  );
  expect(cells[0]).toBeUndefined();
  expect(cells[6]).toMatchObject({ name: 'text', items: ['a', 'b', 'b', 'a'], names: ['end'] });
});

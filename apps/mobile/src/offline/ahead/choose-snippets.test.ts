import type { SnippetStatus } from '@/api/types';
import { drillOf, snippetOf } from '@/testing/content';
import { chooseSnippets, nextReady, type Outlook } from './choose-snippets';

const ofPattern = (pattern: string, slugs: string[]) =>
  slugs.map((slug) => ({ ...snippetOf(slug), pattern }));

const hashMap = ofPattern('hash-map', ['two-sum-1', 'two-sum-2', 'anagrams-1']);
const stack = ofPattern('stack', ['brackets-1', 'brackets-2']);

const outlook = (change: Partial<Outlook> = {}, marks: Record<string, SnippetStatus> = {}): Outlook => ({
  due: [],
  next: null,
  bookmark: null,
  daily: null,
  patterns: [hashMap, stack],
  statusOf: (slug) => marks[slug],
  ...change,
});

test('what is due comes first, then what is next, what was left open, and the challenge of the day', () => {
  const due = [drillOf('review', 'due-1'), drillOf('retry', 'due-2')];
  const next = drillOf('new', 'two-sum-2');
  expect(chooseSnippets(outlook({ due, next, bookmark: 'open-1', daily: 'daily-1' }), 5)).toEqual([
    'due-1',
    'due-2',
    'two-sum-2',
    'open-1',
    'daily-1',
  ]);
});

test('then the pattern goes on in its order, before the others', () => {
  const [first] = stack;
  const next = first ? { ...drillOf('new', first.slug), snippet: first } : null;
  expect(chooseSnippets(outlook({ next }), 50)).toEqual([
    'brackets-1',
    'brackets-2',
    'two-sum-1',
    'two-sum-2',
    'anagrams-1',
  ]);
});

test('what is finished comes last, what was given up before what was solved', () => {
  const marks = { 'two-sum-1': 'solved', 'brackets-1': 'given_up', 'two-sum-2': 'attempted' } as const;
  expect(chooseSnippets(outlook({}, marks), 50)).toEqual([
    'two-sum-2',
    'anagrams-1',
    'brackets-2',
    'brackets-1',
    'two-sum-1',
  ]);
});

test('nothing is chosen twice, nor more than is wanted', () => {
  const due = [drillOf('review', 'two-sum-1')];
  const next = drillOf('review', 'two-sum-1');
  expect(chooseSnippets(outlook({ due, next, daily: 'two-sum-2' }), 3)).toEqual([
    'two-sum-1',
    'two-sum-2',
    'anagrams-1',
  ]);
});

test('without a connection the next drill is one that is there and was not done just now', () => {
  const ready = new Map([
    ['b', 1],
    ['c', 1],
  ]);
  expect(nextReady(['a', 'b', 'c'], ready, new Set(['b']))).toBe('c');
  expect(nextReady(['a', 'b'], ready, new Set(['b']))).toBeNull();
});

import type { Step } from '@/api/types';
import { recorded } from './recorded/recorded';
import { type Moment, replay, stepOver } from './replay';

function variablesOf(moment: Moment | undefined): Record<string, string> {
  const variables = moment?.frames.at(-1)?.variables ?? new Map();
  return Object.fromEntries([...variables].map(([name, { text }]) => [name, text]));
}

test('a variable keeps its value until it changes', () => {
  const moments = replay(recorded.searchRotated.trace.steps);
  const at = moments.findIndex(({ before }) => before.has('high') && before.has('middle') === false);
  expect(variablesOf(moments[at - 1])).not.toHaveProperty('high');
  expect(variablesOf(moments[at])).toMatchObject({ low: '0', high: '7', target: '15' });
  expect(moments[at]?.before.get('high')).toBeUndefined();
  const moved = moments.find(({ before }) => before.get('high')?.text === '7');
  expect(variablesOf(moved)).toMatchObject({ low: '0', high: '3', middle: '3' });
});

test('each call has variables of its own, and after it the caller has its again', () => {
  const moments = replay(recorded.treeDiameter.trace.steps);
  const deepest = moments.find(({ frames }) => frames.length === 5);
  expect(deepest?.frames.map((frame) => frame.function)).toEqual([
    'tree_diameter',
    'depth',
    'depth',
    'depth',
    'depth',
  ]);
  expect(deepest?.frames.map(({ variables }) => variables.get('node')?.text)).toEqual([
    undefined,
    'TreeNode(4)',
    'TreeNode(-2)',
    'TreeNode(1)',
    'None',
  ]);
  const last = moments.at(-1);
  expect(last?.frames.map((frame) => frame.function)).toEqual(['tree_diameter']);
  expect(variablesOf(last)).toMatchObject({ best: '0', root: 'TreeNode(4)' });
});

test('what a call begins with is not a change', () => {
  const [first] = replay(recorded.treeDiameter.trace.steps);
  expect(first?.step.event).toBe('call');
  expect(first?.before.size).toBe(0);
});

test('a variable that is gone is gone', () => {
  const moments = replay(recorded.longestSubstring.trace.steps);
  const at = moments.findIndex(({ step }) => step.removed?.includes('letter'));
  expect(variablesOf(moments[at - 1])).toHaveProperty('letter');
  expect(variablesOf(moments[at])).not.toHaveProperty('letter');
});

test('the frames of earlier moments are not touched', () => {
  const moments = replay(recorded.searchRotated.trace.steps);
  expect(variablesOf(moments[0])).toEqual({ numbers: '[11, 13, 15, 17, 1, 2, 5, 7]', target: '15' });
});

test('depths that learners’ code has made up break nothing', () => {
  const step = (depth: number, event: Step['event'] = 'line'): Step => ({
    event,
    line: 1,
    depth,
    function: 'f',
  });
  const moments = replay([step(4_000_000_000), step(0), step(3, 'call'), step(1, 'return')]);
  expect(moments.map(({ frames }) => frames.length)).toEqual([1, 1, 2, 1]);
});

test('stepping over goes to the same call or its caller', () => {
  const { steps } = recorded.treeDiameter.trace;
  const moments = replay(steps);
  const calling = steps.findIndex(({ line, depth }) => line === 8 && depth === 2);
  const after = stepOver(moments, calling);
  expect(steps[after]).toMatchObject({ event: 'line', line: 9, depth: 2 });
  expect(after - calling).toBeGreaterThan(1);
  const leaving = steps.findIndex(({ event, depth }) => event === 'return' && depth === 3);
  expect(steps[stepOver(moments, leaving)]).toMatchObject({ line: 9, depth: 2 });
  expect(stepOver(moments, moments.length - 1)).toBe(moments.length - 1);
});

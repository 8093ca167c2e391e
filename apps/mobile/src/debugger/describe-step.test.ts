import type { Step } from '@/api/types';
import { describeChanges, describeStep } from './describe-step';

const step = (change: Partial<Step>): Step => ({
  event: 'line',
  line: 4,
  depth: 1,
  function: 'twoSum',
  ...change,
});

test.each([
  [{ event: 'line' }, 'Next: line 4'],
  [{ event: 'call' }, 'twoSum is called'],
  [{ event: 'return', text: '[0, 1]' }, 'twoSum returns [0, 1]'],
  [{ event: 'return' }, 'twoSum is left by the exception'],
  [
    { event: 'exception', text: 'IndexError: list index out of range' },
    'IndexError: list index out of range',
  ],
] as const)('%j', (change, text) => {
  expect(describeStep(step(change))).toBe(text);
});

test('changes are told as assignments', () => {
  const changed = [
    { name: 'left', text: '1' },
    { name: 'word', text: "'a'" },
  ];
  expect(describeChanges(step({ changed }))).toBe("left = 1, word = 'a'");
  expect(describeChanges(step({}))).toBe('');
});

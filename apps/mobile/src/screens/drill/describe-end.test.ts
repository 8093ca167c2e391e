import type { Execution, TestResult, Trace } from '@/api/types';
import { describeEnd } from './describe-end';

const result = (change: Partial<TestResult>): TestResult => ({
  test_case: 1,
  hidden: false,
  passed: false,
  verdict: 'wrong_answer',
  expected: [null, true],
  ...change,
});

const execution = (
  change: Partial<TestResult>,
  trace: Trace = { steps: [], is_truncated: false },
): Execution => ({
  execution_id: '1',
  status: 'completed',
  passed: 0,
  total: 1,
  stdout: '',
  stderr: '',
  test_results: [result(change)],
  trace,
});

test('of a wrong answer, what was expected', () => {
  expect(describeEnd(execution({}), 'python')).toBe('Expected: [None, True]');
  expect(describeEnd(execution({}), 'javascript')).toBe('Expected: [null, true]');
});

test('that the test passes, or a limit; an exception speaks for itself', () => {
  expect(describeEnd(execution({ verdict: 'accepted' }), 'python')).toBe('The test passes.');
  expect(describeEnd(execution({ verdict: 'time_limit' }), 'python')).toContain('took too long');
  expect(describeEnd(execution({ verdict: 'runtime_error' }), 'python')).toBeNull();
});

test('that the trace is longer, whatever the verdict', () => {
  const step = { event: 'line', line: 1, depth: 1, function: 'f' } as const;
  const trace = { steps: Array.from({ length: 1000 }, () => step), is_truncated: true };
  expect(describeEnd(execution({ verdict: 'not_run' }, trace), 'python')).toBe('Stopped after 1,000 steps.');
});

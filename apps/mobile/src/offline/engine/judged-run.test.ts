import type { Snippet } from '@/api/types';
import { type JudgedRun, resultOf, taskOf } from './judged-run';

const snippet = {
  language: 'javascript',
  tests: [
    { test_case: 1, name: 'two', input: { numbers: [1, 2] }, expected: 3, note: null },
    { test_case: 3, name: 'calls', calls: [['sum', 1]], expected: [null, 1], note: 'in turn' },
  ],
  judging: {
    signature: { function: 'sum' },
    comparison: { mode: 'exact' },
    limits: { test_cpu_ms: 500 },
    needs_server: false,
  },
} as unknown as Snippet;

test('the task of a snippet has its visible tests', () => {
  expect(JSON.parse(taskOf(snippet))).toEqual({
    signature: { function: 'sum' },
    comparison: { mode: 'exact' },
    limits: { test_cpu_ms: 500 },
    tests: [
      { id: 'two', input: { numbers: [1, 2] }, expected: 3, note: null },
      { id: 'calls', calls: [['sum', 1]], expected: [null, 1], note: 'in turn' },
    ],
  });
});

test('a judged run is told as the server tells it', () => {
  const test = { stdout: '', stdout_truncated: false, cpu_us: 1_500, error: null };
  const error = { type: 'TypeError', message: 'no', line: 2, column: null, traceback: 'line 2' };
  const run: JudgedRun = {
    verdict: 'wrong_answer',
    tests: [
      { ...test, verdict: 'wrong_answer', actual: null, stdout: 'hello' },
      { ...test, verdict: 'runtime_error', actual: null, error },
    ],
    stderr: 'oh',
    cpu_us: 3_000,
  };
  const result = resultOf(snippet, run, 'offline_1');
  expect(result).toMatchObject({
    status: 'completed',
    is_correct: false,
    passed: 0,
    total: 2,
    total_time_ms: 3,
    stdout: 'hello',
    stderr: 'oh',
  });
  // Null is an answer; who raised has none.
  expect(result.test_results[0]).toMatchObject({ test_case: 1, actual: null, execution_time_ms: 1.5 });
  expect(result.test_results[1]).not.toHaveProperty('actual');
  expect(result.test_results[1]).toMatchObject({ test_case: 3, note: 'in turn', error });
});

test('of a long answer the beginning is told', () => {
  const run: JudgedRun = {
    verdict: 'accepted',
    tests: [
      {
        verdict: 'accepted',
        actual: 'x'.repeat(5_000),
        error: null,
        stdout: '',
        stdout_truncated: false,
        cpu_us: 0,
      },
    ],
    stderr: '',
    cpu_us: 0,
  };
  const [first] = resultOf(snippet, run, 'offline_1').test_results;
  expect(first?.actual).toBeUndefined();
  expect(first?.actual_text).toHaveLength(4_096);
});

import type { TestResult, Verdict } from '@/api/types';
import { summarise } from './verdicts';

const result = (verdict: Verdict, hidden = false): TestResult => ({
  test_case: 1,
  hidden,
  verdict,
  passed: verdict === 'accepted',
});

test.each([
  ['all pass', [result('accepted'), result('accepted', true)], 'All 2 tests pass', ''],
  ['a wrong answer', [result('accepted'), result('wrong_answer')], '1 of 2 tests pass', 'Compare'],
  [
    'only a hidden test fails',
    [result('accepted'), result('wrong_answer', true)],
    '1 of 2 tests pass',
    'hidden',
  ],
  ['an endless loop', [result('time_limit'), result('not_run')], '0 of 2 tests pass', 'too long'],
  ['an exception', [result('runtime_error')], '0 of 1 tests pass', 'error'],
])('%s', (_, results, title, detail) => {
  const passed = results.filter((one) => one.passed).length;
  const verdict = results.find((one) => !one.passed)?.verdict ?? 'accepted';
  const summary = summarise({
    status: 'completed',
    verdict,
    passed,
    total: results.length,
    test_results: results,
  });
  expect(summary.title).toBe(title);
  expect(summary.detail).toContain(detail);
});

test("our own fault is not the learner's", () => {
  expect(summarise({ status: 'failed', verdict: null }).detail).toContain('our fault');
});

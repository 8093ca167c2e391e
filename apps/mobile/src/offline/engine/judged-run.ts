import type { RunError, Snippet, Verdict } from '@/api/types';
import type { ExecutionResult } from './types';

/** A run as the server's model writes it: what the worker tells. */
export interface JudgedRun {
  verdict: Verdict;
  tests: JudgedTest[];
  stderr: string;
  cpu_us: number;
}

interface JudgedTest {
  verdict: Verdict;
  actual: unknown;
  error: RunError | null;
  stdout: string;
  stdout_truncated: boolean;
  cpu_us: number;
}

/** A longer answer is cut, in characters of its wire form: as on the server. */
const maxShown = 4096;

/** The task of a snippet, as far as a learner's device knows it: with the visible tests. */
export function taskOf(snippet: Snippet): string {
  const tests = snippet.tests.map(({ name, input, calls, expected, note }) => ({
    id: name,
    ...(input && { input }),
    ...(calls && { calls }),
    expected,
    note,
  }));
  const { signature, comparison, limits } = snippet.judging;
  return JSON.stringify({ signature, comparison, limits, tests });
}

/** A judged run in the shape in which the server shows it. */
export function resultOf(snippet: Snippet, run: JudgedRun, executionId: string): ExecutionResult {
  const results = snippet.tests.flatMap((test, index) => {
    const judged = run.tests[index];
    if (!judged) return [];
    const { test_case, name, input, calls, expected, note } = test;
    const { verdict, error, stdout, stdout_truncated } = judged;
    return {
      test_case,
      hidden: false,
      verdict,
      passed: verdict === 'accepted',
      name,
      ...(input && { input }),
      ...(calls && { calls }),
      expected,
      ...shown(judged),
      stdout,
      stdout_truncated,
      ...(error && { error }),
      execution_time_ms: judged.cpu_us / 1000,
      ...(note && { note }),
    };
  });
  return {
    execution_id: executionId,
    status: run.verdict === 'internal_error' ? 'failed' : 'completed',
    verdict: run.verdict,
    is_correct: run.verdict === 'accepted',
    test_results: results,
    passed: results.filter(({ passed }) => passed).length,
    total: run.tests.length,
    total_time_ms: run.cpu_us / 1000,
    stdout: results.map(({ stdout }) => stdout).join(''),
    stderr: run.stderr,
    trace: null,
  };
}

/** The answer, or the beginning of a long one. There is none where the test did not end with one. */
function shown({ verdict, actual }: JudgedTest): { actual?: unknown; actual_text?: string } {
  if (verdict !== 'accepted' && verdict !== 'wrong_answer') return {};
  const text = JSON.stringify(actual);
  return text.length > maxShown ? { actual_text: text.slice(0, maxShown) } : { actual };
}

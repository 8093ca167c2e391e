import type { Execution, TestResult, Verdict } from '@/api/types';

/** A verdict in a word or two. */
export const verdictNames: Record<Verdict, string> = {
  accepted: 'Passed',
  wrong_answer: 'Wrong answer',
  compile_error: 'Syntax error',
  runtime_error: 'Error',
  time_limit: 'Too slow',
  memory_limit: 'Too much memory',
  output_limit: 'Too much output',
  not_run: 'Not run',
  internal_error: 'Our fault',
};

/** What a limit means, for verdicts that expected and actual values don't explain. */
export const verdictExplanations: Partial<Record<Verdict, string>> = {
  time_limit:
    'It was stopped because it took too long. Often a loop never ends: does something in it move forward each time?',
  memory_limit: 'It was stopped because it used too much memory. Does a list or string grow without end?',
  output_limit: 'It was stopped because it printed too much. Is there a print inside a loop that never ends?',
  not_run: 'It was not run, because tests before it took too long.',
  internal_error: "That was our fault, not your code's. It doesn't count. Please try again.",
};

export interface RunSummary {
  title: string;
  detail: string;
}

interface SummarisedRun {
  status: Execution['status'];
  verdict?: Verdict | null;
  passed?: number | null;
  total?: number | null;
  test_results?: TestResult[] | null;
}

/** What to look at, by the verdict of the first test that fails. */
const adviceByVerdict: Partial<Record<Verdict, string>> = {
  wrong_answer: 'Compare what was expected with what came back.',
  runtime_error: 'An error stopped at least one test.',
  time_limit: 'At least one test took too long.',
  memory_limit: 'At least one test used too much memory.',
  output_limit: 'At least one test printed too much.',
};

const hiddenAdvice =
  'What you can see passes, a hidden test does not. Think of edge cases: empty, one element, equal values.';

function adviceFor(results: TestResult[]): string {
  const failed = results.filter((result) => !result.passed);
  if (failed.length > 0 && failed.every((result) => result.hidden)) return hiddenAdvice;
  return adviceByVerdict[failed[0]?.verdict ?? 'accepted'] ?? '';
}

/** The outcome of a run or submission in one line, and what to do next in another. */
export function summarise(run: SummarisedRun): RunSummary {
  if (run.status === 'failed' || run.verdict === 'internal_error') {
    return { title: 'The run failed', detail: verdictExplanations.internal_error ?? '' };
  }
  if (run.verdict === 'compile_error') {
    return { title: "The code can't be read yet", detail: 'There is a syntax error. No test was run.' };
  }
  const { passed, total } = { passed: run.passed ?? 0, total: run.total ?? 0 };
  const title = passed === total ? `All ${total} tests pass` : `${passed} of ${total} tests pass`;
  return { title, detail: adviceFor(run.test_results ?? []) };
}

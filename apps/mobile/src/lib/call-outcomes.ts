import type { Language } from '@/api/types';
import { formatCall, formatValue } from './format-value';

/** One call of a sequence, with the values as the language writes them; null where there is nothing to compare. */
export interface CallOutcome {
  call: string;
  expected: string | null;
  actual: string | null;
  isDifferent: boolean;
}

/** A test, or its result. */
interface Sequence {
  calls?: unknown[][] | null;
  expected?: unknown;
}

const operationOf = ([operation]: unknown[]) => String(operation);

/**
 * The operations that ever return something in these tests. A null of the others, constructors and methods that only
 * change something, is no answer; of these it is.
 */
export function answeringOperations(tests: Sequence[]): ReadonlySet<string> {
  const names = tests.flatMap(({ calls, expected }) =>
    (calls ?? []).filter((_, index) => Array.isArray(expected) && expected[index] !== null).map(operationOf),
  );
  return new Set(names);
}

/** Each call of a test with its own outcome; null if the values don't belong to the calls one by one. */
export function callOutcomes(
  { calls, expected }: Sequence,
  /** `undefined` if the code gave nothing back. */
  actual: unknown,
  answering: ReadonlySet<string>,
  language: Language,
): CallOutcome[] | null {
  if (!calls || !Array.isArray(expected) || expected.length !== calls.length) return null;
  if (actual !== undefined && !(Array.isArray(actual) && actual.length === calls.length)) return null;
  return calls.map((call, index) => {
    const wanted: unknown = expected[index];
    const returned: unknown = actual?.[index];
    const hasAnswer = answering.has(operationOf(call)) || (returned ?? null) !== null;
    const texts = { expected: formatValue(wanted, language), actual: formatValue(returned, language) };
    return {
      call: formatCall(call, language),
      expected: hasAnswer ? texts.expected : null,
      actual: hasAnswer && actual !== undefined ? texts.actual : null,
      isDifferent: actual !== undefined && texts.expected !== texts.actual,
    };
  });
}

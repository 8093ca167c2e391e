import type { Execution, Language } from '@/api/types';
import { formatValue } from '@/lib/format-value';
import { verdictExplanations } from '@/lib/verdicts';

/** What is to be known at the last step of a trace; null if the step itself says it. */
export function describeEnd({ trace, test_results }: Execution, language: Language): string | null {
  if (trace?.is_truncated) return `Stopped after ${trace.steps.length.toLocaleString('en')} steps.`;
  const result = test_results?.[0];
  if (!result) return null;
  if (result.verdict === 'accepted') return 'The test passes.';
  if (result.verdict === 'wrong_answer') return `Expected: ${formatValue(result.expected, language)}`;
  return verdictExplanations[result.verdict] ?? null;
}

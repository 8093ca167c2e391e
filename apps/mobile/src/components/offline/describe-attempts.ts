import type { IconName } from '@/components/icon/icon-name';
import { verdictExplanations, verdictNames } from '@/lib/verdicts';
import type { Outcome, Preliminary } from '@/offline/attempts/attempt';

export const countAttempts = (count: number): string => `${count} ${count === 1 ? 'attempt' : 'attempts'}`;

export const countSnippets = (count: number): string => `${count} ${count === 1 ? 'snippet' : 'snippets'}`;

const refusals: Record<string, string> = {
  unknown_snippet: 'This snippet was taken down meanwhile.',
  code_too_long: 'The code is too long.',
  trial_exhausted: 'Your trial snippets were used by then.',
};

const passedHere = (preliminary: Preliminary | null) =>
  preliminary !== null && preliminary.passed === preliminary.total;

/** What the server said about an attempt that was sent later. */
export function describeOutcome({ status, reason, verdict, points, preliminary }: Outcome): string {
  if (status === 'refused') {
    return `Not counted. ${refusals[reason ?? ''] ?? 'The server did not take it.'}`;
  }
  if (verdict === 'accepted') return points > 0 ? `Solved. +${points} points` : 'Solved.';
  if (verdict === 'internal_error' || verdict === null) return verdictExplanations.internal_error ?? '';
  const surprise = passedHere(preliminary) ? ' It passed here, but a hidden test fails.' : '';
  return `${verdictNames[verdict]}. Not solved yet.${surprise}`;
}

export const iconOfOutcome = ({ status, verdict }: Outcome): IconName => {
  if (status === 'refused') return 'alert-circle-outline';
  return verdict === 'accepted' ? 'check-circle' : 'close-circle';
};

/** What the run on this device told about a submission that is not sent. */
export function describePreliminary({ passed, total }: Preliminary, hiddenCount: number): string {
  if (passed < total) return `On this device ${passed} of ${total} visible tests pass.`;
  const hidden = hiddenCount === 1 ? '1 hidden test' : `${hiddenCount} hidden tests`;
  return `On this device all ${total} visible tests pass.${hiddenCount > 0 ? ` The server tries ${hidden} too.` : ''}`;
}

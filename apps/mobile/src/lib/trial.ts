/** How many snippets a trial has. */
const trialSize = 5;

export function trialNote(remaining: number): string {
  return remaining === 0 ? 'all trial snippets used' : `${remaining} of ${trialSize} trial snippets left`;
}

/** The same where there is little room. */
export function shortTrialNote(remaining: number): string {
  return `${remaining === 0 ? 'no' : remaining} trial ${remaining === 1 ? 'snippet' : 'snippets'} left`;
}

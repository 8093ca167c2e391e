/** What is left of a trial, in few words. */
export function trialNote(remaining: number): string {
  return `${remaining === 0 ? 'no' : remaining} trial ${remaining === 1 ? 'snippet' : 'snippets'} left`;
}

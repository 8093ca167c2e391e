/** The end of a log-in by a provider is for the browser that waits for it, not a screen to open. */
export function redirectSystemPath({ path }: { path: string }): string | null {
  return /^(bugdrill:\/\/|\/)?oauth\b/.test(path) ? null : path;
}

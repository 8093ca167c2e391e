/** The height that a keyboard leaves free. Native layouts avoid the keyboard by themselves. */
export function useVisibleHeight(): number | undefined {
  return undefined;
}

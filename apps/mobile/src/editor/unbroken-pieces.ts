/**
 * The pieces of a line that stay in one piece where it is wrapped: words and operators with the brackets and commas
 * that follow, an arrow with its type, and the indentation with the first word. Very long words may break.
 */
export const unbrokenPieces =
  /(?:^\s+)?(?:->\s*\w{1,24}|(?:\.|\.\.\.|[-+!~]{1,2})?\b\w{1,24}\b(?:\+\+|--)?|[-+*/%<>=!&|^?:.]{2,})[)\]}([{,;:]*|^\s+\S/g;

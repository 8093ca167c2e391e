import type { syntaxTree } from '@codemirror/language';

export type CodeTree = ReturnType<typeof syntaxTree>;
export type CodeNode = ReturnType<CodeTree['resolveInner']>;

const texts = new Set([
  'String',
  'FormatString',
  'FormatSpec',
  'TemplateString',
  'RegExp',
  'Comment',
  'LineComment',
  'BlockComment',
]);

/** Code that is written inside a text. */
const codeInTexts = new Set(['Interpolation', 'FormatReplacement']);

const beginnings: Record<string, RegExp> = {
  String: /^[a-z]*["']/i,
  FormatString: /^[a-z]*["']/i,
  TemplateString: /^`/,
  RegExp: /^\//,
};

/** Where code is in error the parser may go on as if a string had begun. */
export const isText = ({ name, from, to }: CodeNode, code: string) =>
  texts.has(name) && beginnings[name]?.test(code.slice(from, to)) !== false;

/** The string, template, regular expression or comment that the node is a part of. */
function textAround(innermost: CodeNode, code: string): CodeNode | null {
  for (let node: CodeNode | null = innermost; node; node = node.parent) {
    if (codeInTexts.has(node.name)) return null;
    if (isText(node, code)) return node;
  }
  return null;
}

/** The text that the character at the position is a part of; null for code. */
export const textAt = (tree: CodeTree, code: string, position: number) =>
  textAround(tree.resolveInner(position, 1), code);

/** The text that is written on if something is typed at the position; null for code. */
export function textBeingTyped(tree: CodeTree, code: string, position: number): CodeNode | null {
  const text = textAround(tree.resolveInner(position, -1), code);
  return text && (position < text.to || !isEnded(text, code)) ? text : null;
}

function isEnded(text: CodeNode, code: string): boolean {
  const { name, from, to } = text;
  if (name === 'RegExp') return true;
  if (name === 'TemplateString') return to > from + 1 && code[to - 1] === '`' && !isEscaped(code, to - 1);
  if (name === 'BlockComment') return code.slice(from, to).endsWith('*/');
  return quoteOf(text, code) !== null && !isOpenString(text, code);
}

/** The quote that a string begins with, one or three; null for a text of another kind. */
export function quoteOf({ name, from, to }: CodeNode, code: string): string | null {
  if (name !== 'String' && name !== 'FormatString') return null;
  return /^[a-z]*("""|'''|["'])/i.exec(code.slice(from, to))?.[1] ?? null;
}

/** Whether a string lacks its end. */
export function isOpenString(text: CodeNode, code: string): boolean {
  const quote = quoteOf(text, code);
  if (quote === null) return false;
  const content = code.slice(code.indexOf(quote, text.from) + quote.length, text.to);
  return !content.endsWith(quote) || isEscaped(content, content.length - quote.length);
}

/** Whether an odd number of backslashes is before the position. */
export function isEscaped(code: string, position: number): boolean {
  let start = position;
  while (code[start - 1] === '\\') start -= 1;
  return (position - start) % 2 === 1;
}

/** Whether the parser stumbles in a part of the code, or a string there lacks its end. */
export function hasErrors(tree: CodeTree, code: string, from: number, to: number): boolean {
  let isFound = false;
  tree.iterate({
    from,
    to,
    enter: (node) => {
      isFound ||= node.type.isError || isOpenString(node.node, code);
    },
  });
  return isFound;
}

import type { Language } from '@/api/types';
import { languages } from './syntax';
import { type CodeNode, type CodeTree, isText } from './text-regions';

/** A part of the code; what is selected, too. */
export interface Span {
  from: number;
  to: number;
}

type TokenKind =
  | 'name'
  | 'member'
  | 'number'
  | 'literal'
  | 'text'
  | 'comment'
  | 'keyword'
  | 'operator'
  | 'opening'
  | 'closing'
  | 'mark';

export interface Token extends Span {
  text: string;
  kind: TokenKind;
  /** The leaf of the syntax tree, or what it is a part of where the token is several leaves or unknown. */
  node: CodeNode;
}

/** Code with its syntax tree and its tokens. */
export interface Reading {
  code: string;
  language: Language;
  tree: CodeTree;
  tokens: Token[];
}

const kindOfNode: Record<string, TokenKind> = {
  VariableName: 'name',
  VariableDefinition: 'name',
  TypeName: 'name',
  PropertyName: 'member',
  PropertyDefinition: 'member',
  PrivatePropertyName: 'member',
  Number: 'number',
  Boolean: 'literal',
  BooleanLiteral: 'literal',
  None: 'literal',
  null: 'literal',
  this: 'literal',
  super: 'literal',
};

const wordOperators = new Set(['and', 'or', 'not', 'in', 'is', 'not in', 'is not', 'instanceof']);
const marks = new Set([',', ';', ':', '.', '?.', '?', '=>', '->', '...', '@']);

function kindOf(node: CodeNode, text: string): TokenKind {
  if (node.name.endsWith('Comment')) return 'comment';
  const kind = kindOfNode[node.name];
  if (kind) return kind;
  if (/^[([{]$/.test(text)) return 'opening';
  if (/^[)\]}]$/.test(text)) return 'closing';
  if (marks.has(text)) return 'mark';
  if (wordOperators.has(text)) return 'operator';
  if (/^\d/.test(text)) return 'number';
  return /^\w/.test(text) ? 'keyword' : 'operator';
}

/** What the parser could not read, in pieces. */
function unreadTokens(code: string, tree: CodeTree, from: number, to: number): Token[] {
  return [...code.slice(from, to).matchAll(/\w+|[^\s\w]/g)].map((match) => {
    const start = from + match.index;
    const node = tree.resolveInner(start, 1);
    const text = match[0];
    const kind = /^[A-Za-z_]/.test(text) ? 'name' : kindOf(node.type.isError ? node : tree.topNode, text);
    return { from: start, to: start + text.length, text, kind, node };
  });
}

/** Whether two leaves are one token to a reader: `is not`, `not in`, and the sign of a number. */
function belongTogether(left: Token, right: Token): boolean {
  const parent = left.node.parent;
  if (!parent || right.node.parent?.from !== parent.from || right.node.parent.to !== parent.to) return false;
  if (parent.name === 'UnaryExpression') return left.text === '-' && right.kind === 'number';
  return parent.name === 'BinaryExpression' && /^(is not|not in)$/.test(`${left.text} ${right.text}`);
}

function joined(left: Token, right: Token): Token {
  const isNumber = right.kind === 'number';
  const text = isNumber ? `-${right.text}` : `${left.text} ${right.text}`;
  const node = (isNumber && left.node.parent) || left.node;
  return { from: left.from, to: right.to, text, kind: right.kind, node };
}

/** The tokens in order; strings and comments are whole ones. */
function tokensOf(code: string, tree: CodeTree): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  const add = (token: Token) => {
    const last = tokens.at(-1);
    if (last && belongTogether(last, token)) tokens.splice(-1, 1, joined(last, token));
    else tokens.push(token);
  };
  tree.iterate({
    enter: ({ node }) => {
      const isWhole = isText(node, code);
      if (!isWhole && (node.firstChild || node.type.isTop || node.type.isError)) return true;
      if (node.from === node.to || node.from < end) return false;
      const text = code.slice(node.from, node.to);
      if (/^\s*$/.test(text)) return false;
      tokens.push(...unreadTokens(code, tree, end, node.from));
      const isString = isWhole && !node.name.endsWith('Comment');
      add({ from: node.from, to: node.to, text, kind: isString ? 'text' : kindOf(node, text), node });
      end = node.to;
      return false;
    },
  });
  tokens.push(...unreadTokens(code, tree, end, code.length));
  return tokens;
}

export function readCode(code: string, language: Language): Reading {
  const tree = languages[language].parser.parse(code);
  return { code, language, tree, tokens: tokensOf(code, tree) };
}

/** The token that is exactly this part of the code. */
export const tokenSpanning = ({ tokens }: Reading, { from, to }: Span): Token | null =>
  tokens.find((token) => token.from === from && token.to === to) ?? null;

const isWord = ({ text }: Token) => /^[\w$"'`]/.test(text);

/** The token at the position: of two neighbours the one that carries more meaning, a word before a sign. */
export function tokenAt({ tokens }: Reading, position: number): Token | null {
  const touching = tokens.filter((token) => token.from <= position && position <= token.to);
  return touching.find(isWord) ?? touching[0] ?? null;
}

export const tokenBefore = ({ tokens }: Reading, position: number): Token | null =>
  tokens.findLast((token) => token.to <= position) ?? null;

export const tokenAfter = ({ tokens }: Reading, position: number): Token | null =>
  tokens.find((token) => token.from >= position) ?? null;

export const textOf = ({ code }: Reading, { from, to }: Span) => code.slice(from, to);

/** The line that the position is on, without its end. */
export function lineAt({ code }: Reading, position: number): Span {
  const from = code.lastIndexOf('\n', position - 1) + 1;
  const end = code.indexOf('\n', position);
  return { from, to: end < 0 ? code.length : end };
}

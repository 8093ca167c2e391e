import type { CodeNode } from './text-regions';
import { lineAt, type Reading, type Span, type Token, textOf, tokenAfter, tokenBefore } from './tokens';

const leaves = new Set(['VariableName', 'Number', 'String', 'FormatString', 'TemplateString', 'RegExp']);
const literals = new Set(['Boolean', 'BooleanLiteral', 'None', 'null', 'this', 'super']);

const isExpression = ({ name }: CodeNode) =>
  name.endsWith('Expression') || leaves.has(name) || literals.has(name);

/** The brackets around a condition of JavaScript belong to the statement. */
const isCondition = (node: CodeNode) =>
  node.name === 'ParenthesizedExpression' && /^(If|While|Do|Switch)Statement$/.test(node.parent?.name ?? '');

const chains = new Set(['MemberExpression', 'CallExpression', 'NewExpression']);

/** Whether the node is part of a chain such as `a.b[i](c)`, and not merely inside its brackets. */
function isLink(node: CodeNode, parent: CodeNode): boolean {
  if (parent.name === 'ArgList') return node.name === ')';
  if (!chains.has(parent.name)) return false;
  const isObject = node.from === parent.from;
  const isNamed = ['PropertyName', 'ArgList', ']', 'new'].includes(node.name);
  return isObject || isNamed || (parent.name === 'NewExpression' && node.name === 'VariableName');
}

/** The value that the token stands for: `nums[i]` for `nums` and for `]`, `i` for `i`. Null if it stands for none. */
export function termOf({ kind, node }: Token): CodeNode | null {
  if (kind === 'opening' || kind === 'operator' || kind === 'mark' || kind === 'comment') return null;
  let term = node;
  if (kind === 'closing' && term.parent && isExpression(term.parent)) term = term.parent;
  while (term.parent && isLink(term, term.parent)) term = term.parent;
  if (!isExpression(term) || isCondition(term)) return null;
  return isTarget(term) ? null : term;
}

/** Whether the node is what a statement gives a value to, or a type, or names what is defined. */
function isTarget(node: CodeNode): boolean {
  const { parent } = node;
  if (!parent) return false;
  if (isInside(node, 'TypeDef') || /Definition$|ParamList$/.test(parent.name)) return true;
  const next = node.nextSibling?.name ?? '';
  if (/^(Assign|Update)/.test(parent.name)) return /^((Assign|Update)Op|Equals|,|TypeDef)$/.test(next);
  return parent.name === 'ForStatement' && !node.prevSibling?.name.startsWith('in');
}

export function isInside(node: CodeNode, name: string): boolean {
  for (let around: CodeNode | null = node; around; around = around.parent) {
    if (around.name === name) return true;
  }
  return false;
}

/** The largest expression that is exactly this part of the code. */
export function expressionSpanning({ tree }: Reading, { from, to }: Span): CodeNode | null {
  let found: CodeNode | null = null;
  for (let node: CodeNode | null = tree.resolveInner(from, 1); node; node = node.parent) {
    if (node.from < from || node.to > to) break;
    if (node.to === to && isExpression(node)) found = node;
  }
  return found;
}

/** What a tap on the token selects: the bracket that ends a value stands for the value. */
export function selectedBy(token: Token): Span {
  const { from, to } = (token.kind === 'closing' && termOf(token)) || token;
  return { from, to };
}

/** Whether no expression that the node is around goes on beyond it. */
const isBeyondExpressions = (node: CodeNode) =>
  /(Statement|Declaration|Body|Block|ParamList|Script)$/.test(node.name) || isCondition(node);

const contains = (outer: Span, inner: Span) =>
  outer.from <= inner.from && inner.to <= outer.to && outer.to - outer.from > inner.to - inner.from;

/** The line without its indentation. */
function lineContent(reading: Reading, position: number): Span {
  const { from, to } = lineAt(reading, position);
  const text = textOf(reading, { from, to });
  return { from: from + text.length - text.trimStart().length, to: from + text.trimEnd().length };
}

/** The next larger thing that holds the selection: a token, a term, an expression, and at last the line. */
export function widened(reading: Reading, selection: Span): Span {
  const line = lineContent(reading, selection.from);
  const { tree, tokens } = reading;
  const token = tokens.find(({ from, to }) => from <= selection.from && selection.to <= to);
  if (token && contains(token, selection)) return { from: token.from, to: token.to };
  const start: CodeNode = token?.node ?? tree.resolveInner(selection.from, 1);
  for (let node: CodeNode | null = start; node; node = node.parent) {
    if (isBeyondExpressions(node)) break;
    if (isExpression(node) && contains(node, selection)) return { from: node.from, to: node.to };
  }
  return line.to > line.from ? line : selection;
}

const areSame = (one: Span, other: Span) => one.from === other.from && one.to === other.to;

/**
 * What is selected after a tap on a token: the token, or, where it was selected already, what is around the selection;
 * after the line the token again. `origin` is the token that was tapped before.
 */
export function tapped(reading: Reading, token: Token, selection: Span, origin: Span | null): Span {
  const first = selectedBy(token);
  const isOrigin = origin !== null && areSame(origin, token);
  const isAgain = areSame(first, selection) || (isOrigin && contains(selection, token));
  if (!isAgain) return first;
  const next = widened(reading, selection);
  return areSame(next, selection) ? first : next;
}

/** The nearest expression around a term that more than the term is part of. */
export function expressionAround(term: CodeNode): CodeNode | null {
  for (let node = term.parent; node; node = node.parent) {
    if (isBeyondExpressions(node)) return null;
    if (isExpression(node) && node.to - node.from > term.to - term.from) return node;
  }
  return null;
}

/** What a thing between commas ends at, where no bracket is around it. */
const beginning = /^[,([{]$|^(for|in|return|let|const|lambda)$/;
const ending = /^[,)\]}:;]$|^(in|of|for|Body)$/;
const assignment = /^(Equals|AssignOp)$/;

/** The first, or the last, of the nodes that stand together between two commas. */
function edgeOf(node: CodeNode, step: 'prevSibling' | 'nextSibling'): CodeNode {
  const next = node[step];
  const isInBrackets = /^(ArgList|ParamList)$/.test(node.parent?.name ?? '');
  const edge = step === 'prevSibling' ? beginning : ending;
  const isEdge = !next || edge.test(next.name) || (!isInBrackets && assignment.test(next.name));
  return isEdge ? node : edgeOf(next, step);
}

/** The operands left and right of an operator, or the things left and right of a comma. */
export function sidesOf(reading: Reading, sign: Token): { left: Span; right: Span } | null {
  const left = sign.node.prevSibling;
  let right = sign.node.nextSibling;
  // `not in` and `is not` are two leaves.
  while (right && right.from < sign.to) right = right.nextSibling;
  if (!left || !right || left.type.isError || right.type.isError) return null;
  if (sign.text === ',') {
    const start = edgeOf(left, 'prevSibling');
    const end = edgeOf(right, 'nextSibling');
    return { left: { from: start.from, to: left.to }, right: { from: right.from, to: end.to } };
  }
  const isBetween =
    tokenBefore(reading, sign.from)?.to === left.to && tokenAfter(reading, sign.to)?.from === right.from;
  return isBetween ? { left, right } : null;
}

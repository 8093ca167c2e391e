import { siblingsOf } from './sibling-tokens';
import { isInside } from './terms';
import type { CodeNode } from './text-regions';
import { type Reading, type Span, type Token, textOf, tokenAfter } from './tokens';

const mostNames = 16;
const mostTerms = 10;
const longestTerm = 24;

const functions =
  /^(FunctionDefinition|FunctionDeclaration|FunctionExpression|ArrowFunction|MethodDeclaration|LambdaExpression)$/;

/** The function that the node is written in; the name of a function is written outside of it. */
function functionAround(node: CodeNode): CodeNode | null {
  let inner = node;
  for (let around = node.parent; around; around = around.parent) {
    const isItsName =
      inner === node &&
      /^(VariableName|VariableDefinition)$/.test(node.name) &&
      /^Function/.test(around.name);
    if (functions.test(around.name) && !isItsName) return around;
    inner = around;
  }
  return null;
}

/** Whether what the node names can be used at the position. */
function isInScope(node: CodeNode, position: number): boolean {
  const scope = functionAround(node);
  return !scope || (scope.from <= position && position <= scope.to);
}

type Role = 'called' | 'container' | 'plain';

function roleOf(reading: Reading, token: Token): Role {
  const next = tokenAfter(reading, token.to);
  if (next?.from !== token.to) return 'plain';
  if (next.text === '(') return 'called';
  return /^(\[|\.|\?\.)$/.test(next.text) ? 'container' : 'plain';
}

const distance = (one: Span, other: Span) => Math.max(one.from - other.to, other.from - one.to, 0);

/** The texts of the nearest first, each once. */
function byDistance<T extends Span>(found: T[], at: Span, text: (one: T) => string): string[] {
  return [...new Set(found.sort((one, other) => distance(one, at) - distance(other, at)).map(text))];
}

/** The names that can be used at a place: those used alike first, then the nearest; functions come last. */
export function namesNear(reading: Reading, at: Span, like?: Token): string[] {
  const names = reading.tokens.filter(
    ({ kind, node }) => kind === 'name' && !isInside(node, 'TypeDef') && isInScope(node, at.from),
  );
  const role = like ? roleOf(reading, like) : 'plain';
  const rolesOf = new Map<string, Set<Role>>();
  for (const name of names) {
    const roles = rolesOf.get(name.text) ?? new Set();
    if (name.from !== at.from)
      rolesOf.set(name.text, roles.add(isDefinedFunction(name) ? 'called' : roleOf(reading, name)));
  }
  const rank = (text: string) => {
    const roles = rolesOf.get(text);
    if (roles?.has(role)) return 0;
    return roles?.has('called') ? 2 : 1;
  };
  return byDistance(names, at, ({ text }) => text)
    .filter((text) => rolesOf.has(text))
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, mostNames);
}

const isDefinedFunction = ({ node }: Token) =>
  /^(FunctionDefinition|FunctionDeclaration|ClassD\w+)$/.test(node.parent?.name ?? '');

/** Short values of this code that are more than a name, such as `nums[i]` or `len(nums)`, the nearest first. */
export function termsNear(reading: Reading, at: Span): string[] {
  const found: CodeNode[] = [];
  reading.tree.iterate({
    enter: ({ node }) => {
      const isTerm = node.name === 'MemberExpression' || node.name === 'CallExpression';
      if (isTerm && isValue(node) && isInScope(node, at.from) && node.to - node.from <= longestTerm)
        found.push(node);
    },
  });
  const current = textOf(reading, at);
  return byDistance(found, at, (node) => textOf(reading, node))
    .filter((text) => text !== current && !text.includes('\n'))
    .slice(0, mostTerms);
}

/** Not a method that is called, a type, or a call that is a statement. */
function isValue(node: CodeNode): boolean {
  const { parent } = node;
  if (!parent || isInside(node, 'TypeDef') || parent.name === 'ExpressionStatement') return false;
  return (
    parent.name !== 'CallExpression' ||
    parent.firstChild?.from !== node.from ||
    parent.firstChild.to !== node.to
  );
}

/** The fields and methods that this code uses, those of the named value first, each with its kin. */
export function membersOf(reading: Reading, owner: string): string[] {
  const used = reading.tokens.filter(({ kind }) => kind === 'member');
  const isOwned = ({ node }: Token) => {
    const object = node.parent?.firstChild;
    return object ? textOf(reading, object) === owner : false;
  };
  const texts = [...used.filter(isOwned), ...used].map(({ text }) => text);
  const owned = used.filter(isOwned).flatMap(({ text }) => [text, ...siblingsOf(text, reading.language)]);
  return [...new Set([...owned, ...texts, ...texts.flatMap((text) => siblingsOf(text, reading.language))])];
}

/** The functions that this code calls by their name alone. */
export function calledFunctions({ tokens }: Reading): string[] {
  const isCalled = ({ kind, node }: Token) => kind === 'name' && node.parent?.name === 'CallExpression';
  return tokens.filter(isCalled).map(({ text }) => text);
}

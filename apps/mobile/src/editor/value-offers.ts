import { type Edit, insertAt, remove, replace, slotted } from './code-edits';
import { calledFunctions, membersOf } from './near-names';
import { codeOffer, type Offer, verbOffer, written } from './offer';
import { isCalledEmpty, isField, words } from './sibling-tokens';
import { expressionAround, expressionSpanning, sidesOf } from './terms';
import type { CodeNode } from './text-regions';
import {
  type Reading,
  type Span,
  type Token,
  textOf,
  tokenAfter,
  tokenBefore,
  tokenSpanning,
} from './tokens';

/** `x + 1` for `x`, and `x` again for `x - 1`; the same is selected as before, so that more can be added. */
function withOffset(reading: Reading, term: CodeNode, offset: number): Edit {
  const text = textOf(reading, term);
  const behind = /^ ([-+]) (\d+)(?![\w.]| *[*/%])/.exec(reading.code.slice(term.to));
  const inside = behind ? null : / ([-+]) (\d+)$/.exec(text);
  const found = behind ?? inside;
  const sum = offset + (found ? Number(`${found[1]}${found[2]}`) : 0);
  const base = inside ? text.slice(0, inside.index) : text;
  const result = sum === 0 ? base : `${base} ${sum < 0 ? '-' : '+'} ${Math.abs(sum)}`;
  const span = { from: term.from, to: term.to + (behind?.[0].length ?? 0) };
  const selected = inside ? result : base;
  return { ...replace(span, result), selection: { from: term.from, to: term.from + selected.length } };
}

const offsets = (reading: Reading, term: CodeNode): Offer[] => [
  codeOffer('+1', 'Plus 1', withOffset(reading, term, 1)),
  codeOffer('−1', 'Minus 1', withOffset(reading, term, -1)),
];

type Sign = 'not ' | '!' | '-';

/** Puts a sign before a value, or takes it away. */
function withSign(reading: Reading, term: CodeNode, sign: Sign): Edit {
  const text = textOf(reading, term);
  const { parent } = term;
  if (parent?.name === 'UnaryExpression') {
    const present = textOf(reading, { from: parent.from, to: term.from });
    if (present.trim() === sign.trim()) return replace(parent, text);
  }
  const operator = term.name === 'BinaryExpression' ? term.firstChild?.nextSibling : null;
  const isLoose = operator && (sign !== 'not ' || /^(and|or)$/.test(textOf(reading, operator)));
  return replace(term, isLoose ? `${sign}(${text})` : sign + text);
}

export function negation(reading: Reading, term: CodeNode): Offer {
  const sign = reading.language === 'python' ? 'not ' : '!';
  return codeOffer(sign.trim(), `Not ${textOf(reading, term)}`, withSign(reading, term, sign));
}

const negative = (reading: Reading, term: CodeNode) =>
  codeOffer('-x', `Negative ${textOf(reading, term)}`, withSign(reading, term, '-'));

/** Leaves of the expression around it only this part. */
export function onlyThis(reading: Reading, term: CodeNode): Offer[] {
  const around = expressionAround(term);
  const text = textOf(reading, term);
  return around ? [verbOffer('only this', `Keep only ${text}`, replace(around, text))] : [];
}

/** Takes an operand away with its operator, an argument with its comma, and anything else by itself. */
function deletion(reading: Reading, span: Span): Edit {
  const before = tokenBefore(reading, span.from);
  const after = tokenAfter(reading, span.to);
  const operation = expressionSpanning(reading, span)?.parent;
  if (operation?.name === 'BinaryExpression') {
    const isItsOperator = (token: Token | null) =>
      token?.kind === 'operator' &&
      token.node.parent?.from === operation.from &&
      token.node.parent.to === operation.to;
    const operator = [before, after].find(isItsOperator);
    const sides = operator && sidesOf(reading, operator);
    if (sides) return replace(operation, textOf(reading, operator === before ? sides.left : sides.right));
  }
  if (after?.text === ',' && before?.kind === 'opening') return remove(reading, { ...span, to: after.to });
  const isLastOfSeveral = before?.text === ',' && (after?.text === ',' || after?.kind === 'closing');
  if (isLastOfSeveral || /^\??\.$/.test(before?.text ?? '')) {
    return remove(reading, { from: before?.from ?? span.from, to: span.to });
  }
  return remove(reading, span);
}

export const deleted = (reading: Reading, { from, to }: Span): Offer =>
  verbOffer('delete', `Delete ${textOf(reading, { from, to })}`, deletion(reading, { from, to }));

const shortName = (name: string) => name.replace(/^Math\./, '');

/** The value put into a call, a list or brackets. What takes two values has its cursor before this one. */
export function wraps(reading: Reading, term: CodeNode): Offer[] {
  const text = textOf(reading, term);
  const all = words[reading.language].wraps;
  const withTwo = all.slice(0, 2);
  const withOne = new Set(
    [...all.slice(2), ...calledFunctions(reading)].filter((name) => !withTwo.includes(name)),
  );
  const into = (label: string, spoken: string, result: string) =>
    codeOffer(label, spoken, replace(term, result));
  return [
    ...withTwo.map((name) =>
      into(
        `${shortName(name)}(…, x)`,
        `${shortName(name)} of something and it`,
        slotted(`${name}(`, `, ${text})`),
      ),
    ),
    ...[...withOne].map((name) =>
      into(`${shortName(name)}(x)`, `${shortName(name)} of it`, `${name}(${text})`),
    ),
    into('(x)', 'Put it in brackets', `(${text})`),
    into('[x]', 'Put it in a list', `[${text}]`),
    reading.language === 'python'
      ? into('x[:]', 'A copy of the list', `${text}[:]`)
      : into('[...x]', 'A copy of the list', `[...${text}]`),
  ];
}

function exchanged(reading: Reading, { left, right }: { left: Span; right: Span }): Edit {
  return {
    changes: [
      { from: left.from, to: left.to, insert: textOf(reading, right) },
      { from: right.from, to: right.to, insert: textOf(reading, left) },
    ],
    selection: { from: left.from, to: right.to },
  };
}

/** Exchanges what is left and right of an operator or a comma. */
export function swap(reading: Reading, sign: Token | null): Offer[] {
  const sides = sign && sidesOf(reading, sign);
  if (!sides) return [];
  const spoken = `Swap ${textOf(reading, sides.left)} and ${textOf(reading, sides.right)}`;
  return [verbOffer('swap', spoken, exchanged(reading, sides))];
}

/** Exchanges the two things in brackets, where there are two. */
export function swapInside(reading: Reading, list: CodeNode | null): Offer[] {
  const [comma, another] = list?.getChildren(',') ?? [];
  return comma && !another ? swap(reading, tokenSpanning(reading, comma)) : [];
}

/** What can be done with a value; only deleted if it is none, as a name that is defined. */
export function aroundValue(reading: Reading, span: Span, term: CodeNode | null): Offer[] {
  if (!term) return [deleted(reading, span)];
  const isNumber = term.name === 'Number' || /^-\d/.test(textOf(reading, term));
  return [
    ...(isNumber ? [] : [...offsets(reading, term), negation(reading, term), negative(reading, term)]),
    deleted(reading, span),
    ...onlyThis(reading, term),
    ...swapInside(reading, term.name === 'CallExpression' ? term.getChild('ArgList') : term),
    ...wraps(reading, term),
  ];
}

export const brackets = (reading: Reading, position: number): Offer[] => [
  codeOffer('(…)', 'Write round brackets', insertAt(reading, position, slotted('(', ')'))),
  codeOffer('[…]', 'Write square brackets', insertAt(reading, position, slotted('[', ']'))),
];

/** What may follow a value: what joins it to another one, then questions, then signs. */
export function continuations(reading: Reading, position: number): Offer[] {
  const { operators, questions, marks } = words[reading.language];
  const [comparison = [], logical = [], ...others] = operators;
  return [
    ...written(reading, position, [...logical, ...comparison, ...others.flat(), ...questions]),
    ...brackets(reading, position),
    ...written(reading, position, marks),
  ];
}

function memberText(member: string): string {
  if (isField(member)) return `.${member}`;
  return isCalledEmpty(member) ? `.${member}()` : slotted(`.${member}(`, ')');
}

/** Fields and methods of a value, those that this code uses of it first. */
export const memberOffers = (reading: Reading, owner: Span, position: number): Offer[] =>
  membersOf(reading, textOf(reading, owner)).map((member) =>
    codeOffer(
      `.${member}${isField(member) ? '' : '()'}`,
      `Write .${member}`,
      insertAt(reading, position, memberText(member)),
    ),
  );

export function afterValue(reading: Reading, span: Span, term: CodeNode | null): Offer[] {
  const value = term ?? span;
  return [...continuations(reading, value.to), ...memberOffers(reading, value, value.to)];
}

import { replace } from './code-edits';
import { membersOf, namesNear, termsNear } from './near-names';
import { codeOffer, instead, type Offer, verbOffer, written } from './offer';
import { siblingsOf, words } from './sibling-tokens';
import { expressionSpanning, sidesOf, termOf } from './terms';
import type { CodeNode } from './text-regions';
import { type Reading, type Span, type Token, textOf, tokenBefore, tokenSpanning } from './tokens';
import { withoutHeader } from './unwrap-block';
import {
  afterValue,
  aroundValue,
  brackets,
  continuations,
  deleted,
  memberOffers,
  negation,
  onlyThis,
  swap,
  swapInside,
  wraps,
} from './value-offers';

type Groups = [Offer[], Offer[], Offer[]];

/**
 * What fits the selection: what may stand in its place, what can be done with it, what may follow it. With a cursor
 * alone: what may be written there, the likeliest first. The order follows from the code alone; nothing here knows
 * what the right answer is.
 */
export interface Offers {
  /** What is selected; null if only a cursor is there. */
  selected: string | null;
  groups: Groups;
}

const numbers = ['0', '1', '-1'];

/** Values for a place: names, then terms of this code, then what is always at hand. */
function valuesNear(reading: Reading, at: Span, like?: Token): string[] {
  const { literals } = words[reading.language];
  return [...namesNear(reading, at, like), ...termsNear(reading, at), ...numbers, ...literals];
}

function ofValue(reading: Reading, span: Span, term: CodeNode | null, token?: Token): Groups {
  const siblings = token ? siblingsOf(token.text, reading.language) : [];
  return [
    instead(span, [...siblings, ...valuesNear(reading, span, token)], textOf(reading, span)),
    aroundValue(reading, span, term),
    afterValue(reading, span, term),
  ];
}

function ofNumber(reading: Reading, token: Token): Groups {
  const value = Number(token.text);
  const [values, around, after] = ofValue(reading, token, expressionSpanning(reading, token));
  const steps = [
    codeOffer('+1', 'One more', replace(token, String(value + 1))),
    codeOffer('−1', 'One less', replace(token, String(value - 1))),
  ];
  const others = instead(token, ['0', '1', ...(value === 0 ? [] : [String(-value)])], token.text);
  return [[...steps, ...others, ...values], around, after];
}

function ofMember(reading: Reading, token: Token): Groups {
  const term = termOf(token);
  const others = [...siblingsOf(token.text, reading.language), ...membersOf(reading, '')];
  return [
    instead(token, others, token.text),
    aroundValue(reading, token, term),
    afterValue(reading, token, term),
  ];
}

function ofOperator(reading: Reading, token: Token): Groups {
  const { language } = reading;
  const all = words[language].operators.flat();
  const siblings = siblingsOf(token.text, language);
  const sides = sidesOf(reading, token);
  const whole = all.includes(token.text) ? token.node.parent : null;
  if (!sides || whole?.name !== 'BinaryExpression') {
    return [
      instead(token, siblings, token.text),
      [deleted(reading, token), ...swap(reading, token)],
      written(reading, token.to, valuesNear(reading, token)),
    ];
  }
  const [left, right] = [textOf(reading, sides.left), textOf(reading, sides.right)];
  return [
    instead(token, [...siblings, ...all], token.text),
    [
      verbOffer('keep left', `Keep only ${left}`, replace(whole, left)),
      verbOffer('keep right', `Keep only ${right}`, replace(whole, right)),
      ...swap(reading, token),
      negation(reading, whole),
      ...onlyThis(reading, whole),
      ...wraps(reading, whole),
    ],
    written(reading, token.to, valuesNear(reading, token)),
  ];
}

const signs = { python: ['not', '-'], javascript: ['!', '-', '...'] } as const;

function ofKeyword(reading: Reading, token: Token): Groups {
  const [rest = ''] = reading.code.slice(token.to).split('\n', 1);
  const isAlone = /^[\s;:]*$/.test(rest);
  const unwrapped = withoutHeader(reading, token);
  const onlyBody = unwrapped && verbOffer('only body', `Remove ${token.text}, keep what is in it`, unwrapped);
  return [
    instead(token, siblingsOf(token.text, reading.language), token.text),
    [deleted(reading, token), ...(onlyBody ? [onlyBody] : [])],
    written(reading, token.to, isAlone ? valuesNear(reading, token) : signs[reading.language]),
  ];
}

function ofOpeningBracket(reading: Reading, token: Token): Groups {
  return [
    written(reading, token.to, valuesNear(reading, token)),
    [...swapInside(reading, token.node.parent), deleted(reading, token)],
    [...brackets(reading, token.to), ...written(reading, token.to, signs[reading.language])],
  ];
}

const ofMark = (reading: Reading, token: Token): Groups => [
  swap(reading, token),
  [deleted(reading, token)],
  written(reading, token.to, valuesNear(reading, token)),
];

function ofText(reading: Reading, token: Token): Groups {
  const texts = reading.tokens.filter(({ kind }) => kind === 'text').map(({ text }) => text);
  const [values, around, after] = ofValue(reading, token, termOf(token));
  return [[...instead(token, texts, token.text), ...values], around, after];
}

function ofToken(reading: Reading, token: Token): Groups {
  switch (token.kind) {
    case 'name':
    case 'literal':
      return ofValue(reading, token, termOf(token), token);
    case 'number':
      return ofNumber(reading, token);
    case 'member':
      return ofMember(reading, token);
    case 'operator':
      return ofOperator(reading, token);
    case 'keyword':
      return ofKeyword(reading, token);
    case 'opening':
      return ofOpeningBracket(reading, token);
    case 'text':
      return ofText(reading, token);
    case 'comment':
      return [[], [deleted(reading, token)], []];
    case 'closing':
    case 'mark':
      return ofMark(reading, token);
  }
}

const isValueEnd = (token: Token) => /^(closing|name|member|number|literal|text)$/.test(token.kind);

/** What may be written at a cursor: after a value what joins it to others, elsewhere a value. */
function atCursor(reading: Reading, position: number): Groups {
  const { statements, assignments } = words[reading.language];
  const before = tokenBefore(reading, position);
  const isFirst = !before || reading.code.slice(before.to, position).includes('\n');
  const values = written(reading, position, valuesNear(reading, { from: position, to: position }));
  if (!isFirst && isValueEnd(before)) {
    const members = memberOffers(reading, termOf(before) ?? before, position);
    const common = [...members.slice(0, 4), ...written(reading, position, assignments), ...members.slice(4)];
    return [common, continuations(reading, position), values];
  }
  return [
    values,
    [...brackets(reading, position), ...written(reading, position, signs[reading.language])],
    written(reading, position, isFirst ? statements : [',', ':']),
  ];
}

/** Each label once: where two groups offer the same, the first one does. */
function withoutRepeats(groups: Groups): Groups {
  const seen = new Set<string>();
  const first = (offers: Offer[]) =>
    offers.filter(({ label }) => {
      const isNew = !seen.has(label);
      seen.add(label);
      return isNew;
    });
  const [instead, around, after] = groups;
  return [first(instead), first(around), first(after)];
}

/** The bar for a selection, whether it is a token, an expression, a line or just a cursor. */
export function offersFor(reading: Reading, selection: Span): Offers {
  if (selection.from === selection.to) {
    return { selected: null, groups: withoutRepeats(atCursor(reading, selection.from)) };
  }
  const token = tokenSpanning(reading, selection);
  const groups = token
    ? ofToken(reading, token)
    : ofValue(reading, selection, expressionSpanning(reading, selection));
  return { selected: textOf(reading, selection), groups: withoutRepeats(groups) };
}

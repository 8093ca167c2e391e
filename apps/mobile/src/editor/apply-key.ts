import type { KeyKind, PaletteKey } from './palette-keys';

/** A replacement in a text, and where the cursor stands afterwards. */
export interface TextChange {
  from: number;
  to: number;
  insert: string;
  cursor: number;
}

export interface TokenRange {
  from: number;
  to: number;
  text: string;
}

const tokenPattern =
  /[A-Za-z_$][\w$]*|\d+(?:\.\d+)?|===|!==|==|!=|<=|>=|=>|&&|\|\||\/\/|\*\*|[+\-*/%]=|\+\+|--|[^\s\w]/g;

const kindOfText: [KeyKind, RegExp][] = [
  ['comparison', /^(<|<=|>|>=|==|!=|===|!==)$/],
  ['logical', /^(and|or|&&|\|\|)$/],
  ['arithmetic', /^(\+|-|\*|\/|\/\/|%|\*\*)$/],
  ['word', /^[\w$]+$/],
];

function kindOf(text: string): KeyKind {
  return kindOfText.find(([, pattern]) => pattern.test(text))?.[0] ?? 'plain';
}

/** The tokens that the position is in or next to, in order; at most two. */
function tokensTouching(line: string, position: number): TokenRange[] {
  return [...line.matchAll(tokenPattern)]
    .map((match) => ({ from: match.index, to: match.index + match[0].length, text: match[0] }))
    .filter((token) => token.from <= position && position <= token.to);
}

/** The token at the position: of two neighbours the one that carries more meaning, a word before a sign. */
export function tokenAt(line: string, position: number): TokenRange | null {
  const touching = tokensTouching(line, position);
  return touching.find((token) => kindOf(token.text) === 'word') ?? touching[0] ?? null;
}

function spaced(line: string, from: number, to: number, text: string): string {
  const before = from > 0 && !/\s/.test(line[from - 1] ?? '') ? ' ' : '';
  const after = /\s/.test(line[to] ?? '') ? '' : ' ';
  return `${before}${text}${after}`;
}

function replaced(from: number, to: number, insert: string): TextChange {
  return { from, to, insert, cursor: from + insert.length };
}

/** Adds 1 or -1 to the term that ends at or around the position: `left` becomes `left + 1`, `left - 1` `left`. */
function withOffset(line: string, selectionEnd: number, offset: number): TextChange {
  const word = tokensTouching(line, selectionEnd).find((token) => kindOf(token.text) === 'word');
  const end = word?.to ?? selectionEnd;
  const existing = /^ ([+-]) (\d+)\b/.exec(line.slice(end));
  const present = existing ? Number(`${existing[1]}${existing[2]}`) : 0;
  const sum = present + offset;
  const insert = sum === 0 ? '' : ` ${sum < 0 ? '-' : '+'} ${Math.abs(sum)}`;
  return replaced(end, end + (existing?.[0].length ?? 0), insert);
}

/** What a key of the palette does to a line whose part `from` to `to` is selected. */
export function applyKey(line: string, from: number, to: number, key: PaletteKey): TextChange {
  if (key.kind === 'offset') return withOffset(line, to, Number(key.text));
  if (from !== to) return replaced(from, to, key.text);
  if (key.kind === 'plain') return replaced(from, to, key.text);

  const sibling = tokensTouching(line, from).find((token) => kindOf(token.text) === key.kind);
  if (sibling) return replaced(sibling.from, sibling.to, key.text);
  if (key.kind === 'word') return replaced(from, to, key.text);
  return replaced(from, to, spaced(line, from, to, key.text));
}

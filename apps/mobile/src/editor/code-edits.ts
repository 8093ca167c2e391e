import { lineAt, type Reading, type Span, tokenAfter, tokenBefore } from './tokens';

/** A change of the code, and what is selected after it. */
export interface Edit {
  changes: { from: number; to: number; insert: string }[];
  selection: Span;
}

/** Where the cursor goes in a text that is inserted. */
const slot = '▮';

const withoutSlot = (text: string) => text.replace(slot, '');

/** What is selected when a text stands at the position: its slot, or else all of it. */
function selectionIn(text: string, at: number): Span {
  const index = text.indexOf(slot);
  return index < 0 ? { from: at, to: at + text.length } : { from: at + index, to: at + index };
}

export const slotted = (before: string, after: string) => before + slot + after;

export function replace({ from, to }: Span, text: string): Edit {
  return { changes: [{ from, to, insert: withoutSlot(text) }], selection: selectionIn(text, from) };
}

const cursorAfter = (edit: Edit): Edit => {
  const { from, to } = edit.selection;
  return from === to ? edit : { ...edit, selection: { from: to, to } };
};

const isValueEnd = (text: string) => /[\w$)\]"'`}]$/.test(text) && !keywordBefore.test(text);
const keywordBefore =
  /^(and|or|not|in|is|not in|is not|return|if|elif|else|while|for|of|yield|print|case|new|await|lambda|let|const|var)$/;

/** Whether two neighbouring tokens are written with a space between them. */
function areApart(left: string, right: string, isSign: boolean): boolean {
  if (isSign || /^([([{.!~]|\?\.|\.\.\.|\+\+|--)$/.test(left)) return false;
  if (/^([)\]},;:.]|\?\.|\+\+|--)/.test(right)) return false;
  if (/^[([]/.test(right)) return !isValueEnd(left);
  return true;
}

/** Whether a minus or plus is the sign of what follows it, by what is before it. */
const isSignAfter = (before: string | undefined) => before === undefined || !isValueEnd(before);

/**
 * Writes a text where the cursor is, with the spaces that belong around it. The cursor then stands behind it, or in
 * its slot.
 */
export function insertAt(reading: Reading, position: number, text: string): Edit {
  const line = lineAt(reading, position);
  const before = tokenBefore(reading, position);
  const after = tokenAfter(reading, position);
  const left = before && before.to >= line.from ? before : null;
  const right = after && after.from <= line.to ? after : null;
  const isInToken = reading.tokens.some((token) => token.from < position && position < token.to);
  if (isInToken) return cursorAfter(replace({ from: position, to: position }, text));

  const from = left?.to ?? position;
  const to = right && reading.code.slice(position, right.from).trim() === '' ? right.from : position;
  const plain = withoutSlot(text);
  const beforeLeft = left && tokenBefore(reading, left.from)?.text;
  const isSign = /^[-+]$/.test(left?.text ?? '') && isSignAfter(beforeLeft ?? undefined);
  const isOwnSign = /^[-+]$/.test(plain) && isSignAfter(left?.text);
  const start = left && areApart(left.text, plain, isSign) ? ' ' : '';
  const end = right && areApart(plain, right.text, isOwnSign) ? ' ' : '';
  const edit = cursorAfter(replace({ from, to }, text));
  return {
    changes: [{ from, to, insert: start + plain + end }],
    selection: { from: edit.selection.from + start.length, to: edit.selection.to + start.length },
  };
}

/** Takes a part of the code away, and the space that is too much then; what follows on the line is selected. */
export function remove(reading: Reading, { from, to }: Span): Edit {
  const line = lineAt(reading, from);
  const before = tokenBefore(reading, from);
  const after = tokenAfter(reading, to);
  const left = before && before.to >= line.from ? before : null;
  const right = after && after.from <= line.to ? after : null;
  const start = left ? left.to : from;
  const end = right ? right.from : to;
  const insert =
    left && right && (left.to < from || to < right.from) && areApart(left.text, right.text, false) ? ' ' : '';
  const next = start + insert.length;
  const isNextSelected = right && !/^[)\]},;:]/.test(right.text);
  return {
    changes: [{ from: start, to: end, insert }],
    selection: { from: next, to: isNextSelected ? next + right.to - right.from : next },
  };
}

export function applied(code: string, { changes }: Edit): string {
  return [...changes]
    .sort((one, other) => other.from - one.from)
    .reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), code);
}

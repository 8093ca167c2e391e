/** What happened to a piece on the way from one text to the other. */
export type Change = 'same' | 'removed' | 'added';

interface Step<Item> {
  change: Change;
  item: Item;
}

/** Longest common subsequences take time and space in the product of both lengths; beyond this it is cut short. */
const largestTable = 1_000_000;

function commonLengths<Item>(before: Item[], after: Item[]): Uint32Array[] {
  const table = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const length =
        before[row] === after[column]
          ? at(table, row + 1, column + 1) + 1
          : Math.max(at(table, row + 1, column), at(table, row, column + 1));
      (table[row] as Uint32Array)[column] = length;
    }
  }
  return table;
}

function at(table: Uint32Array[], row: number, column: number): number {
  return table[row]?.[column] ?? 0;
}

const steps = <Item>(change: Change, items: Item[]): Step<Item>[] => items.map((item) => ({ change, item }));

function compareMiddle(before: string[], after: string[]): Step<string>[] {
  if (before.length * after.length > largestTable)
    return [...steps('removed', before), ...steps('added', after)];
  const table = commonLengths(before, after);
  const result: Step<string>[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length && column < after.length) {
    const item = before[row] as string;
    if (item === after[column]) {
      result.push({ change: 'same', item });
      row += 1;
      column += 1;
    } else if (at(table, row + 1, column) >= at(table, row, column + 1)) {
      result.push({ change: 'removed', item });
      row += 1;
    } else {
      result.push({ change: 'added', item: after[column] as string });
      column += 1;
    }
  }
  return [...result, ...steps('removed', before.slice(row)), ...steps('added', after.slice(column))];
}

/** The steps that turn one list of pieces into the other. */
export function compare(before: string[], after: string[]): Step<string>[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const longestEnd = Math.min(before.length, after.length) - start;
  while (end < longestEnd && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return [
    ...steps('same', before.slice(0, start)),
    ...compareMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...steps('same', before.slice(before.length - end)),
  ];
}

/** Words, numbers, operators and runs of white space; any other character is a piece of its own. */
function piecesOf(text: string): string[] {
  return (
    text.match(
      /-?\d+(?:\.\d+)?|[<>=!+\-*/%]=+|&&|\|\||\/\/|\*\*|[\p{L}_][\p{L}\p{N}_]*|\s+|[^\p{L}\p{N}\s]/gu,
    ) ?? []
  );
}

/** A part of a text, marked where it differs from the other text. */
export interface Segment {
  text: string;
  isMarked: boolean;
}

function segmentsOf(all: Step<string>[], left: Change): Segment[] {
  const segments: Segment[] = [];
  for (const { change, item } of all) {
    if (change !== 'same' && change !== left) continue;
    const isMarked = change === left;
    const last = segments.at(-1);
    if (last && last.isMarked === isMarked) last.text += item;
    else segments.push({ text: item, isMarked });
  }
  return segments;
}

export interface MarkedPair {
  before: Segment[];
  after: Segment[];
}

/** Marks in two texts what the other one doesn't have. */
export function markDifferences(before: string, after: string): MarkedPair {
  const all = compare(piecesOf(before), piecesOf(after));
  return { before: segmentsOf(all, 'removed'), after: segmentsOf(all, 'added') };
}

/** A line of a comparison of two codes. */
export interface DiffLine {
  change: Change;
  segments: Segment[];
}

/** Pairs removed lines with the added lines in their place, so that only what changed within them is marked. */
function pairUp(removed: string[], added: string[]): DiffLine[] {
  const pairs = removed.map((line, index) => {
    const replacement = added[index];
    return replacement === undefined ? null : markDifferences(line, replacement);
  });
  const line = (change: Change, text: string, segments?: Segment[]): DiffLine => ({
    change,
    segments: segments ?? [{ text, isMarked: false }],
  });
  return [
    ...removed.map((text, index) => line('removed', text, pairs[index]?.before)),
    ...added.map((text, index) => line('added', text, pairs[index]?.after)),
  ];
}

/** Compares two codes line by line, and changed lines piece by piece. */
export function compareCode(before: string, after: string): DiffLine[] {
  const lines = (code: string) => code.trimEnd().split('\n');
  const result: DiffLine[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    result.push(...pairUp(removed, added));
    removed = [];
    added = [];
  };
  for (const { change, item } of compare(lines(before), lines(after))) {
    if (change === 'removed') removed.push(item);
    else if (change === 'added') added.push(item);
    else {
      flush();
      result.push({ change, segments: [{ text: item, isMarked: false }] });
    }
  }
  flush();
  return result;
}

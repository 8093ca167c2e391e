import type { Variable } from '@/api/types';
import type { Frame } from './replay';

/** A list or string, drawn as cells, with the variables that point into it. */
export interface Cells {
  name: string;
  text: string;
  items: readonly string[];
  length: number;
  /** The variables that may point into it, wherever they are now. */
  names: readonly string[];
  /** The names at each index that is pointed at. */
  pointers: ReadonlyMap<number, readonly string[]>;
}

/** The names that stand in the brackets after each name: `numbers[left]`. */
export type IndexUses = ReadonlyMap<string, ReadonlySet<string>>;

const longestText = 40;

/** Names that are indices by custom, also where the code does not use them as such. */
const customary =
  /^(?:[ijk]|lo|hi|low|high|mid|middle|left|right|start|end|slow|fast|first|last|read|write|pos|position|cursor)$|(?:^|_)(?:index|idx)$|Index$/;

function untilClosed(code: string, start: number): string {
  let inside = '';
  let depth = 1;
  for (let index = start; index < code.length; index += 1) {
    const character = code.charAt(index);
    if (character === '[' || character === '(') depth += 1;
    if (character === ']' || character === ')') depth -= 1;
    if (depth === 0) break;
    // What is in inner brackets is an index of something else.
    if (depth === 1) inside += character;
  }
  return inside;
}

export function findIndexUses(code: string): IndexUses {
  const uses = new Map<string, Set<string>>();
  for (const match of code.matchAll(/([A-Za-z_$][\w$]*)(?:\s*\[|\.(?:at|charAt|charCodeAt)\()/g)) {
    const [opening, name = ''] = match;
    const used = uses.get(name) ?? new Set();
    for (const [word] of untilClosed(code, match.index + opening.length).matchAll(/[A-Za-z_$][\w$]*/g))
      used.add(word);
    uses.set(name, used);
  }
  return uses;
}

function itemsOf({ text, structure }: Variable): Pick<Cells, 'items' | 'length'> | null {
  if (structure?.kind === 'list') return structure;
  const characters = Array.from(/^(['"])([^\\…]*)\1$/.exec(text)?.[2] ?? '');
  return structure ? null : { items: characters.slice(0, longestText), length: characters.length };
}

const isInteger = ({ text }: Variable) => /^-?\d{1,9}$/.test(text);

/** The lists of a frame, and those strings into which something points. */
export function findCells(frame: Frame, uses: IndexUses): Cells[] {
  const variables = [...frame.variables.values()];
  const integers = variables.filter(isInteger);
  const sequences = variables.flatMap((variable) => {
    const found = itemsOf(variable);
    return found && found.items.length > 0 ? [{ variable, ...found }] : [];
  });
  const isIndexOf = (index: string, list: string) => uses.get(list)?.has(index) ?? false;
  return sequences.flatMap(({ variable: { name, text, structure }, items, length }) => {
    const indices = integers.filter(
      (index) =>
        isIndexOf(index.name, name) ||
        // A customary name that is an index of another list is none of this one.
        (structure &&
          customary.test(index.name) &&
          !sequences.some((other) => isIndexOf(index.name, other.variable.name))),
    );
    if (!structure && indices.length === 0) return [];
    const pointers = new Map<number, string[]>();
    for (const index of indices) {
      const at = Number(index.text);
      if (at >= 0 && at < length) pointers.set(at, [...(pointers.get(at) ?? []), index.name]);
    }
    return [{ name, text, items, length, names: indices.map((index) => index.name), pointers }];
  });
}

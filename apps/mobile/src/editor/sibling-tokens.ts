import type { Language } from '@/api/types';

interface Words {
  /** Operators between two values, by what they do. */
  operators: string[][];
  /** What may stand in the place of each other, besides operators. */
  siblings: string[][];
  /** What is asked of any value without a name for the other side. */
  questions: string[];
  literals: string[];
  /** Functions that a value is often put into; the first two take the value and another one. */
  wraps: string[];
  /** What begins a statement and needs nothing else. */
  statements: string[];
  assignments: string[];
  marks: string[];
}

const assignments = ['=', '+=', '-=', '*='];

/** Methods and fields that come in pairs, in either language. */
const members = [
  ['left', 'right'],
  ['next', 'prev', 'val'],
  ['get', 'has', 'set', 'delete'],
  ['keys', 'values'],
];

export const words: Record<Language, Words> = {
  python: {
    operators: [
      ['<', '<=', '>', '>=', '==', '!='],
      ['and', 'or'],
      ['+', '-', '*', '//', '%', '/', '**'],
      ['in', 'not in'],
      ['is', 'is not'],
      ['&', '|', '^', '<<', '>>'],
    ],
    siblings: [
      [...assignments, '//=', '%=', '=='],
      ['in', 'not in', '==', '!='],
      ['is', 'is not', '==', '!='],
      ['break', 'continue', 'return', 'pass'],
      ['if', 'elif', 'while'],
      ['else', 'elif'],
      ['for', 'while'],
      ['global', 'nonlocal'],
      ['True', 'False', 'None'],
      ['min', 'max', 'sum'],
      ['len', 'sum'],
      ['any', 'all'],
      ['sorted', 'reversed', 'list', 'set'],
      ['range', 'enumerate'],
      ['heappush', 'heappop'],
      ['append', 'appendleft', 'pop', 'popleft'],
      ['append', 'extend', 'insert', 'remove'],
      ['add', 'remove', 'discard'],
      ['get', 'pop', 'setdefault'],
      ['keys', 'values', 'items'],
      ...members,
    ],
    questions: ['is None', 'is not None'],
    literals: ['True', 'False', 'None', '[]', '{}', '""'],
    wraps: ['max', 'min', 'len', 'sorted', 'abs', 'list'],
    statements: ['return', 'break', 'continue', 'pass'],
    assignments,
    marks: [',', ':', '.'],
  },
  javascript: {
    operators: [
      ['<', '<=', '>', '>=', '===', '!=='],
      ['&&', '||', '??'],
      ['+', '-', '*', '/', '%', '**'],
      ['&', '|', '^', '<<', '>>'],
    ],
    siblings: [
      [...assignments, '/=', '%=', '==='],
      ['==', '===', '!=', '!=='],
      ['++', '--'],
      ['break', 'continue', 'return'],
      ['if', 'while'],
      ['let', 'const'],
      ['in', 'of'],
      ['true', 'false', 'null', 'undefined'],
      ['min', 'max', 'floor', 'ceil', 'abs'],
      ['length', 'size'],
      ['Map', 'Set', 'Array'],
      ['push', 'unshift', 'pop', 'shift'],
      ['slice', 'splice'],
      ['some', 'every'],
      ['map', 'filter'],
      ['has', 'includes'],
      ['add', 'has', 'delete'],
      ['keys', 'values', 'entries'],
      ...members,
    ],
    questions: ['=== null', '!== null'],
    literals: ['true', 'false', 'null', '[]', '{}', '""'],
    wraps: ['Math.max', 'Math.min', 'Math.floor', 'Math.abs'],
    statements: ['return', 'break', 'continue'],
    assignments,
    marks: [',', ':', '.', ';', '=>'],
  },
};

/** Methods that are mostly called with nothing in their brackets. */
const calledEmpty = new Set(['pop', 'popleft', 'shift', 'keys', 'values', 'items', 'entries', 'copy']);

export const isCalledEmpty = (method: string) => calledEmpty.has(method);

const fields = new Set(['left', 'right', 'next', 'prev', 'val', 'length', 'size']);

export const isField = (member: string) => fields.has(member);

/** What may stand in the place of a word or sign, the nearest kin first. */
export function siblingsOf(text: string, language: Language): string[] {
  const { operators, siblings } = words[language];
  const kin = [...operators, ...siblings].filter((group) => group.includes(text)).flat();
  return [...new Set(kin)].filter((other) => other !== text);
}

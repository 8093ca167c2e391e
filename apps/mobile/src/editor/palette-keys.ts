import type { Language } from '@/api/types';

/**
 * What a key does besides inserting its text:
 * an operator or word replaces one of its own kind at the cursor, an offset is added to the term at the cursor.
 */
export type KeyKind = 'comparison' | 'arithmetic' | 'logical' | 'word' | 'offset' | 'plain';

export interface PaletteKey {
  label: string;
  text: string;
  kind: KeyKind;
}

const keys = (kind: KeyKind, texts: string[]): PaletteKey[] =>
  texts.map((text) => ({ label: text.trim(), text, kind }));

const offsets: PaletteKey[] = [
  { label: '+1', text: '1', kind: 'offset' },
  { label: '−1', text: '-1', kind: 'offset' },
];

const operators: Record<Language, PaletteKey[]> = {
  python: [
    ...keys('comparison', ['<', '<=', '>', '>=', '==', '!=']),
    ...offsets,
    ...keys('arithmetic', ['+', '-', '*', '//', '%']),
    ...keys('plain', ['(', ')', '[', ']', ':', ',', '.', '=']),
    ...keys('logical', ['and', 'or']),
    ...keys('plain', ['not ']),
  ],
  javascript: [
    ...keys('comparison', ['<', '<=', '>', '>=', '===', '!==']),
    ...offsets,
    ...keys('arithmetic', ['+', '-', '*', '/', '%']),
    ...keys('plain', ['(', ')', '[', ']', '{', '}', ';', ',', '.', '=']),
    ...keys('logical', ['&&', '||']),
    ...keys('plain', ['!']),
  ],
};

const commonWords: Record<Language, string[]> = {
  python: [
    '0',
    '1',
    'len',
    'range',
    'True',
    'False',
    'None',
    'min',
    'max',
    'in',
    'return',
    'break',
    'continue',
  ],
  javascript: [
    '0',
    '1',
    'length',
    'true',
    'false',
    'null',
    'Math',
    'return',
    'break',
    'continue',
    'let',
    'const',
  ],
};

const reserved = new Set(
  (
    'and as assert async await break case catch class const continue def default del delete do elif else except ' +
    'export extends finally for from function global if import in instanceof is lambda let new nonlocal not of or ' +
    'pass raise return switch throw try typeof var void while with yield int str list dict set bool'
  ).split(' '),
);

const longestWordList = 24;

/** The names that occur in the code, in the order in which they first do; what it defines itself comes last. */
export function namesIn(code: string): string[] {
  const withoutTexts = code.replace(/#.*|\/\/.*|"[^"\n]*"|'[^'\n]*'|`[^`]*`/g, ' ');
  const defined = new Set(
    Array.from(withoutTexts.matchAll(/\b(?:def|function|class)\s+(\w+)/g), ([, name]) => name),
  );
  const found = [...new Set(withoutTexts.match(/[A-Za-z_]\w*/g))].filter((name) => !reserved.has(name));
  const [last, first] = [
    found.filter((name) => defined.has(name)),
    found.filter((name) => !defined.has(name)),
  ];
  return [...first, ...last].slice(0, longestWordList);
}

export const operatorKeys = (language: Language): PaletteKey[] => operators[language];

/** Keys for the names of this very code, then for words that are often needed. */
export function wordKeys(code: string, language: Language): PaletteKey[] {
  return keys('word', [...new Set([...namesIn(code), ...commonWords[language]])]);
}

import type { Language } from '@/api/types';
import type { CodePiece } from './highlight';
import type { SyntaxKind } from './syntax';

const words = (text: string) => new Set(text.split(' '));

const keywords: Record<Language, ReadonlySet<string>> = {
  python: words(
    'False None True and as assert async await break case class continue def del elif else except finally for from ' +
      'global if import in is lambda match nonlocal not or pass raise return try while with yield',
  ),
  javascript: words(
    'async await break case catch class const continue debugger default delete do else export extends false finally ' +
      'for from function get if import in instanceof let new null of return set static super switch this throw true ' +
      'try typeof var void while with yield',
  ),
};

/** After these stands a name of its own colour. */
const definers = words('def class function new');

/**
 * Comments, strings, numbers, words and signs; what is between them is white. Each group is of one kind. Python's arrow
 * and the colon that opens a block have the colour of words.
 */
const tokens: Record<Language, RegExp> = {
  python:
    /(#.*)|((?:\b[rbfuRBFU]{1,2})?(?:"""[\s\S]*?(?:"""|$(?![\s\S]))|'''[\s\S]*?(?:'''|$(?![\s\S]))|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))|(\b\d[\w.]*)|([\p{L}_][\p{L}\p{N}_]*|->|:(?= *(?:#.*)?$))|[^\s\p{L}\p{N}_]/gmu,
  javascript:
    /(\/\/.*|\/\*[\s\S]*?(?:\*\/|$))|("(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|`(?:\\.|[^`\\])*`?)|(\b\d[\w.]*)|([\p{L}_$#][\p{L}\p{N}_$]*)|[^\s\p{L}\p{N}_$]/gu,
};

function kindOf(match: RegExpMatchArray, before: string, language: Language): SyntaxKind | null {
  const [, comment, string, number, word] = match;
  if (comment !== undefined) return 'comment';
  if (string !== undefined) return 'string';
  if (number !== undefined) return 'number';
  if (word === undefined) return 'operator';
  if (definers.has(before)) return 'definition';
  return before !== '.' && keywords[language].has(word) ? 'keyword' : null;
}

/**
 * Colours code nearly as `highlight` does, by looking at its words alone: for as long as the parsers, which are large,
 * are not there.
 */
export function quickHighlight(code: string, language: Language): CodePiece[][] {
  const lines: CodePiece[][] = [[]];
  const add = (text: string, kind: SyntaxKind | null) => {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, kind });
    }
  };
  let end = 0;
  let last = '';
  for (const match of code.matchAll(tokens[language])) {
    add(code.slice(end, match.index), null);
    add(match[0], kindOf(match, last, language));
    end = match.index + match[0].length;
    last = match[0];
  }
  add(code.slice(end), null);
  return lines;
}

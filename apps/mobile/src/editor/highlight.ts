import { highlightCode, tagHighlighter } from '@lezer/highlight';
import type { Language } from '@/api/types';
import { languages, type SyntaxKind, syntaxTags } from './syntax';

export interface CodePiece {
  text: string;
  kind: SyntaxKind | null;
}

const highlighter = tagHighlighter(syntaxTags.map(({ kind, tag }) => ({ tag, class: kind })));

const isKind = (name: string): name is SyntaxKind => syntaxTags.some(({ kind }) => kind === name);

/** Splits code into lines of coloured pieces, for code that is only shown. */
export function highlight(code: string, language: Language): CodePiece[][] {
  const lines: CodePiece[][] = [[]];
  highlightCode(
    code,
    languages[language].parser.parse(code),
    highlighter,
    (text, classes) => {
      const kind = classes.split(' ').find(isKind) ?? null;
      lines.at(-1)?.push({ text, kind });
    },
    () => lines.push([]),
  );
  return lines;
}

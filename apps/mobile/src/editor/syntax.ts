import { javascriptLanguage } from '@codemirror/lang-javascript';
import { pythonLanguage } from '@codemirror/lang-python';
import { type Tag, tags } from '@lezer/highlight';
import type { Language } from '@/api/types';
import type { CodeColors } from '@/theme/colors';

/** The kinds of code that have a colour of their own. */
export type SyntaxKind = keyof Pick<
  CodeColors,
  'keyword' | 'string' | 'number' | 'comment' | 'definition' | 'operator'
>;

export const syntaxTags: { kind: SyntaxKind; tag: Tag[] }[] = [
  { kind: 'keyword', tag: [tags.keyword, tags.self, tags.bool, tags.null, tags.operatorKeyword] },
  { kind: 'string', tag: [tags.string, tags.special(tags.string)] },
  { kind: 'number', tag: [tags.number] },
  { kind: 'comment', tag: [tags.comment] },
  { kind: 'definition', tag: [tags.function(tags.definition(tags.variableName)), tags.className] },
  { kind: 'operator', tag: [tags.operator, tags.punctuation] },
];

export const languages = { python: pythonLanguage, javascript: javascriptLanguage } as const satisfies Record<
  Language,
  unknown
>;

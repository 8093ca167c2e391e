import { type Block, type Inline, parseMarkdown } from '@/components/markdown/parse-markdown';

/** How code's signs are said; the longer ones come first, since they begin with shorter ones. */
const signs: readonly (readonly [string, string])[] = [
  ['===', 'equals'],
  ['!==', 'is not'],
  ['...', 'dot dot dot'],
  ['**', 'to the power of'],
  ['//', 'divided, rounded down, by'],
  ['==', 'equals'],
  ['!=', 'is not'],
  ['<=', 'less than or equal to'],
  ['>=', 'greater than or equal to'],
  ['=>', 'arrow'],
  ['->', 'arrow'],
  ['+=', 'plus equals'],
  ['-=', 'minus equals'],
  ['*=', 'times equals'],
  ['++', 'plus plus'],
  ['--', 'minus minus'],
  ['&&', 'and'],
  ['||', 'or'],
  ['<', 'less than'],
  ['>', 'greater than'],
  ['=', 'is set to'],
  ['+', 'plus'],
  ['-', 'minus'],
  ['*', 'times'],
  ['/', 'divided by'],
  ['%', 'modulo'],
  ['!', 'not'],
  ['&', 'and bits of'],
  ['|', 'or bits of'],
  ['[', 'at'],
  ['.', 'dot'],
  [':', 'colon'],
  [',', ','],
];

const nameOfSign = new Map(signs);

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Words, numbers, and signs; brackets that close and other marks are not said. */
const pieces = new RegExp(
  `[\\p{L}_$][\\p{L}\\p{N}_$]*|\\d+(?:\\.\\d+)?|${signs.map(([sign]) => escaped(sign)).join('|')}|\\[\\]|\\{\\}`,
  'gu',
);

/** `leftIndex` and `left_index` are two words. */
function spokenName(name: string): string {
  return name
    .replaceAll(/[_$]+/g, ' ')
    .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ')
    .trim()
    .toLowerCase();
}

/** What a piece of code is read as: "low less than or equal to high" for `low <= high`. */
export function spokenCode(code: string): string {
  const words: string[] = [];
  const emptied = code.replaceAll(/\[\s*\]/g, ' empty list ').replaceAll(/\{\s*\}/g, ' empty braces ');
  for (const [piece] of emptied.matchAll(pieces)) words.push(nameOfSign.get(piece) ?? spokenName(piece));
  return words
    .filter((word) => word !== '')
    .join(' ')
    .replaceAll(' ,', ',');
}

const spokenInline = ({ text, style }: Inline) => (style === 'code' ? spokenCode(text) : text);

const spokenLine = (content: Inline[]) => content.map(spokenInline).join('').trim();

/** A list's items and a heading end as sentences do, so that the voice rests. */
const asSentence = (text: string) => (/[.!?:]$/.test(text) ? text : `${text}.`);

function spokenBlock(block: Block): string {
  switch (block.kind) {
    case 'list':
      return block.items.map((item) => asSentence(spokenLine(item))).join(' ');
    case 'code':
      return block.text
        .split('\n')
        .map(spokenCode)
        .filter((line) => line !== '')
        .map(asSentence)
        .join(' ');
    default:
      return asSentence(spokenLine(block.content));
  }
}

/** A text of Markdown as a voice should read it: its code as words. */
export const spokenText = (markdown: string): string => parseMarkdown(markdown).map(spokenBlock).join('\n');

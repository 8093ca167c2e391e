import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import type { Language } from '@/api/types';
import { meaningOf, type PhoneCharacter } from '@/lib/phone-characters';
import { languages } from './syntax';
import { type CodeTree, hasErrors, isEscaped, quoteOf, textAt } from './text-regions';

/** A replacement in the code as it was. */
export interface CodeChange {
  from: number;
  to: number;
  insert: string;
}

interface Range {
  from: number;
  to: number;
}

type Meaning = (character: string) => string | null;

/** Code under repair. */
interface Draft {
  text: string;
  /**
   * As long as the text, but with a sign of its sort in the place of what is no quote: at an unknown sign the parser
   * would give up the template that it is in. It reads on from the last change, not from the beginning.
   */
  parsed: EditorState;
  language: Language;
  meaning: Meaning;
}

const quotes = new Set(['"', "'"]);
/** What makes the parser read on differently. Each takes the place of one character, so that nothing moves. */
const delimiters = new Set([...quotes, '`', '/', '#', '\\']);
/** What would make code of a part of a string. */
const braces = new Set(['{', '}', '$']);

/**
 * Replaces what a phone's keyboard wrote for characters of the language, everywhere but in strings, templates,
 * regular expressions and comments.
 *
 * The parser knows where code is up to the first wrong quote. Hence quotes come first, from left to right, each with
 * its partner; what is between the two is a string from then on.
 */
export function phoneCharacterChanges(
  code: string,
  language: Language,
  blamed: PhoneCharacter | null = null,
): CodeChange[] {
  let draft = draftOf(code, language, (character) =>
    character === blamed?.character ? blamed.meant : meaningOf(character, language),
  );
  // Code that is wrong nearly everywhere takes long: what is not done by then, the next time does.
  const end = Date.now() + patienceMilliseconds;
  for (const line of linesOf(code)) if (Date.now() < end) draft = withDelimiters(draft, line);
  const replaced = indicesBetween(0, code.length).filter((index) => code[index] !== draft.text[index]);
  return [
    ...replaced.map((index) => ({ from: index, to: index + 1, insert: draft.text[index] ?? '' })),
    ...otherChanges(draft),
  ].sort((left, right) => left.from - right.from);
}

export function applyChanges(code: string, changes: CodeChange[]): string {
  return changes.reduceRight(
    (text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to),
    code,
  );
}

const indicesBetween = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);

function linesOf(code: string): Range[] {
  let from = 0;
  return code.split('\n').map((line) => {
    const range = { from, to: from + line.length };
    from = range.to + 1;
    return range;
  });
}

function draftOf(text: string, language: Language, meaning: Meaning): Draft {
  const signs = indicesBetween(0, text.length).map((index) => {
    const character = text[index] ?? '';
    const meant = meaning(character);
    if (!meant || delimiters.has(meant) || braces.has(meant)) return character;
    if (language === 'javascript' && isDecrement(text, index, index + 1)) return ' ';
    return meant.length === 1 ? meant : /[=>]$/.test(meant) ? '<' : character;
  });
  const parsed = EditorState.create({ doc: signs.join(''), extensions: languages[language] });
  return { text, parsed, language, meaning };
}

/** How long people wait, with the editor standing still. */
const patienceMilliseconds = 2000;

const treeOf = ({ parsed }: Draft) =>
  ensureSyntaxTree(parsed, parsed.doc.length, patienceMilliseconds) ?? syntaxTree(parsed);

function withReplaced(draft: Draft, indices: number[], characterAt: (index: number) => string): Draft {
  if (indices.length === 0) return draft;
  const changes = [...new Set(indices)]
    .sort((left, right) => left - right)
    .map((index) => ({ from: index, to: index + 1, insert: characterAt(index) }));
  return {
    ...draft,
    text: applyChanges(draft.text, changes),
    parsed: draft.parsed.update({ changes }).state,
  };
}

const meaningAt = ({ text, meaning }: Draft, index: number) => meaning(text[index] ?? '') ?? '';

const isDelimiter = (draft: Draft, index: number) => delimiters.has(meaningAt(draft, index));

const isReadable = (draft: Draft, { from, to }: Range) => !hasErrors(treeOf(draft), draft.text, from, to);

/**
 * A wrong quote may also be the end of a string that began well, as in `f("a”, "b”)`: to the parser `a”, ` is a string
 * then. That is believed only if the line can be read that way, and not as it is.
 */
function withDelimiters(draft: Draft, line: Range): Draft {
  if (!indicesBetween(line.from, line.to).some((index) => isDelimiter(draft, index))) return draft;
  const paired = withPairs(draft, line);
  if (isReadable(paired, line)) return paired;
  const ended = withEveryQuote(draft, line);
  return ended.text !== draft.text && isReadable(ended, line) ? ended : paired;
}

function withPairs(before: Draft, line: Range): Draft {
  let draft = before;
  let from = line.from;
  while (from < line.to) {
    const [tree, current] = [treeOf(draft), draft];
    const index = indicesBetween(from, line.to).find(
      (candidate) => isDelimiter(current, candidate) && textAt(tree, current.text, candidate) === null,
    );
    if (index === undefined) break;
    const meant = meaningAt(draft, index);
    const { last, replaced } = partnerOf(draft, index, line) ?? { last: index, replaced: [] };
    draft = withReplaced(draft, [index, ...replaced], () => meant);
    from = last + 1;
  }
  return draft;
}

interface Partner {
  /** Where the string ends. */
  last: number;
  replaced: number[];
}

function partnerOf(draft: Draft, index: number, line: Range): Partner | null {
  const { text, language } = draft;
  const quote = meaningAt(draft, index);
  const isQuote = (position: number) => text[position] === quote || meaningAt(draft, position) === quote;
  const isTripleAt = (position: number) => [0, 1, 2].every((offset) => isQuote(position + offset));

  // Two are one sign; the first alone would begin a regular expression.
  if (quote === '/' && isQuote(index + 1)) return { last: index + 1, replaced: [index + 1] };
  if (quote !== '`' && !quotes.has(quote)) return null;
  if (language === 'python' && quote !== '`' && isTripleAt(index)) {
    for (let end = index + 3; end < text.length; end += 1) {
      if (!isTripleAt(end) || isEscaped(text, end)) continue;
      return { last: end + 2, replaced: [index + 1, index + 2, end, end + 1, end + 2] };
    }
  }

  const candidates = indicesBetween(index + 1, quote === '`' ? text.length : line.to).filter(isQuote);
  const ends = candidates.filter((position) => !isEscaped(text, position));
  const outside = isFormatString(text, index, language) ? outsideBraces(text, index + 1, line.to) : null;
  const best = ends.filter((position) => outside?.has(position) !== false);
  const last = best.find((position) => !isApostrophe(text, position)) ?? best[0] ?? ends[0];
  if (last === undefined) return null;
  const escaped = candidates.filter((position) => position < last && isEscaped(text, position));
  return { last, replaced: [...escaped, last] };
}

/** Between two letters: a string with another quote at its end has it inside, as in `‘don’t’`. */
const isApostrophe = (text: string, index: number) =>
  (text[index] === "'" || text[index] === '’') &&
  /\p{L}/u.test(text[index - 1] ?? '') &&
  /\p{L}/u.test(text[index + 1] ?? '');

const isFormatString = (text: string, index: number, language: Language) =>
  language === 'python' && /(?:^|\W)(?:r?[ft]|[ft]r)$/i.test(text.slice(Math.max(0, index - 3), index));

/** The positions that belong to no `{…}`: a quote within is of a string of its own. */
function outsideBraces(text: string, from: number, to: number): Set<number> {
  const outside = new Set<number>();
  let depth = 0;
  for (let index = from; index < to; index += 1) {
    if (depth === 0) outside.add(index);
    if (text[index] === '{') {
      if (depth === 0 && text[index + 1] === '{') index += 1;
      else depth += 1;
    } else if (text[index] === '}' && depth > 0) {
      depth -= 1;
    }
  }
  return outside;
}

function withEveryQuote(before: Draft, { from, to }: Range): Draft {
  const candidates = indicesBetween(from, to).filter(
    (index) => quotes.has(meaningAt(before, index)) && !isApostrophe(before.text, index),
  );
  const replaced = withReplaced(before, candidates, (index) => meaningAt(before, index));
  const tree = treeOf(replaced);
  // What begins or ends no string is a part of one, or of a comment: it stays.
  const inside = candidates.filter((index) => !isAtAnEnd(replaced.text, tree, index));
  return withReplaced(replaced, inside, (index) => before.text[index] ?? '');
}

function isAtAnEnd(text: string, tree: CodeTree, index: number): boolean {
  const around = textAt(tree, text, index);
  if (!around) return true;
  const quote = quoteOf(around, text);
  if (quote === null) return false;
  return index < text.indexOf(quote, around.from) + quote.length || index >= around.to - quote.length;
}

/** Replaces what is left when the quotes are right. */
function otherChanges(draft: Draft): CodeChange[] {
  const { text, language, meaning } = draft;
  const tree = treeOf(draft);
  const changes: CodeChange[] = [];
  let from = 0;
  for (const character of text) {
    const to = from + character.length;
    const meant = meaning(character);
    if (meant !== null && textAt(tree, text, from) === null) {
      const insert = language === 'javascript' && isDecrement(text, from, to) ? '--' : meant;
      changes.push({ from, to, insert });
    }
    from = to;
  }
  return changes;
}

/** Phones make one dash of two hyphens. It was two where a minus has nothing to subtract, or to subtract from. */
function isDecrement(text: string, from: number, to: number): boolean {
  if (text[from] !== '—' && text[from] !== '–') return false;
  const [before, after] = [text.slice(0, from), text.slice(to)];
  const isAfterOperand =
    /[\w$\])]$/.test(before) && /^(?!=)[^\S\n]*(?:$|[\n;,)\]}<>=?:&|*%]|!=|\/[/*])/.test(after);
  const isFirst = /(?:^|[;{}])\s*$/.test(before) && /^[A-Za-z_$]/.test(after);
  return isAfterOperand || isFirst;
}

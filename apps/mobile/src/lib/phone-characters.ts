import type { Language, RunError } from '@/api/types';

/** A character that is no part of the language, and what the server takes it for. */
export interface PhoneCharacter {
  character: string;
  /** What to write in its place; nothing, for what can't be seen. */
  meant: string;
}

const charactersByMeaning: Record<string, string> = {
  '"': '“”„‟«»″〝〞',
  "'": '‘’‚‛‹›′´',
  '-': '‐‑‒–—―−',
  '*': '×∗',
  '/': '÷∕⁄',
  '^': 'ˆ',
  '~': '˜',
  '<=': '≤',
  '>=': '≥',
  '!=': '≠',
  '...': '…',
  ',': '、،',
  '.': '。',
  ';': '\u037e؛',
  '[': '【',
  ']': '】',
};

const meanings = new Map(
  Object.entries(charactersByMeaning).flatMap(([meant, characters]) =>
    Array.from(characters, (character) => [character, meant] as const),
  ),
);

const unusualSpace = /^[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]$/;
const invisible = /^[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]$/;
// As wide as ideographs: each stands this far from its like in ASCII.
const fullWidth = /^[！-～]$/;
const fullWidthDistance = 0xfee0;

const arrows: Record<Language, string> = { python: '->', javascript: '=>' };

/** What a phone's keyboard wrote this character for; null for a character that it is no substitute. */
export function meaningOf(character: string, language: Language): string | null {
  if (character === '→' || character === '⇒') return arrows[language];
  const meant = meanings.get(character);
  if (meant !== undefined) return meant;
  if (unusualSpace.test(character)) return ' ';
  if (invisible.test(character)) return '';
  if (fullWidth.test(character)) return String.fromCharCode(character.charCodeAt(0) - fullWidthDistance);
  return null;
}

const visibleMessage = /^invalid character '.{1,2}' \(U\+([\dA-F]{4,6})\): did you mean '(.+)'\?$/;
const invisibleMessage =
  /^invalid character U\+([\dA-F]{4,6}) \([^)]+\): (?:delete it|did you mean a (space)\?)$/;

/** The character that a syntax error blames, where its message says what to write in its place. */
export function blamedCharacter({ message }: Pick<RunError, 'message'>): PhoneCharacter | null {
  const [, code, meant] = visibleMessage.exec(message) ?? [];
  if (code && meant) return { character: characterOf(code), meant };
  const [, invisibleCode, space] = invisibleMessage.exec(message) ?? [];
  return invisibleCode ? { character: characterOf(invisibleCode), meant: space ? ' ' : '' } : null;
}

const characterOf = (code: string) => String.fromCodePoint(Number.parseInt(code, 16));

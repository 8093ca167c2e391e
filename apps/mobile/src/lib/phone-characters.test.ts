import { blamedCharacter, meaningOf } from './phone-characters';

test.each([
  ["invalid character '“' (U+201C): did you mean '\"'?", '“', '"'],
  ["invalid character '’' (U+2019): did you mean '''?", '’', "'"],
  ["invalid character '–' (U+2013): did you mean '-'?", '–', '-'],
  ["invalid character '≤' (U+2264): did you mean '<='?", '≤', '<='],
  ["invalid character '（' (U+FF08): did you mean '('?", '（', '('],
  ["invalid character '𝟏' (U+1D7CF): did you mean '1'?", '𝟏', '1'],
  ['invalid character U+200B (zero-width space): delete it', '\u200b', ''],
  ['invalid character U+FEFF (zero-width no-break space): delete it', '\ufeff', ''],
  ['invalid character U+00A0 (no-break space): did you mean a space?', '\u00a0', ' '],
])('%s', (message, character, meant) => {
  expect(blamedCharacter({ message })).toEqual({ character, meant });
});

test.each([
  "invalid character '☃' (U+2603)",
  "invalid syntax. Perhaps you forgot a comma? invalid character '“' (U+201C): did you mean '\"'?",
  "expected ':'",
  'invalid character U+0001 (unnamed character)',
  "name 'lenn' is not defined. Did you mean: 'len'?",
  '',
])('no character is blamed by %j', (message) => {
  expect(blamedCharacter({ message })).toBeNull();
});

test.each([
  ['“', '"'],
  ['ʼ', null],
  ['’', "'"],
  ['—', '-'],
  ['；', ';'],
  ['Ａ', 'A'],
  ['～', '~'],
  ['\u3000', ' '],
  ['\u2060', ''],
  ['é', null],
  ['"', null],
  ['a', null],
  ['\t', null],
])('%j is written for %j', (character, meant) => {
  expect(meaningOf(character, 'python')).toBe(meant);
});

test.each(['→', '⇒'])('an arrow %j is that of the language', (arrow) => {
  expect([meaningOf(arrow, 'python'), meaningOf(arrow, 'javascript')]).toEqual(['->', '=>']);
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code that holds templates is written here.
import { EditorState } from '@codemirror/state';
import type { Language } from '@/api/types';
import { straightened } from './straight-typing';
import { languages } from './syntax';

/** `|` is the cursor, `«…»` what is replaced. Each character is typed by itself. */
function type(marked: string, text: string, language: Language): string {
  const from = marked.search(/[|«]/);
  let to = marked.includes('»') ? marked.indexOf('»') - 1 : from;
  let code = marked.replace(/[|«»]/g, '');
  let cursor = from;
  for (const character of text) {
    const state = EditorState.create({ doc: code, extensions: languages[language] });
    const insert = straightened(state, language, { from: cursor, to, typed: character }) ?? character;
    code = code.slice(0, cursor) + insert + code.slice(to);
    cursor += insert.length;
    to = cursor;
  }
  return `${code.slice(0, cursor)}|${code.slice(cursor)}`;
}

test.each([
  ['print(|)', '“', 'print("|)'],
  ['print(|)', '“a b”', 'print("a b"|)'],
  ['print(|)', '‘’, “”', 'print(\'\', ""|)'],
  ['x = |', '“it’s”', 'x = "it’s"|'],
  ['x = |', '‘say “a”’', "x = 'say “a”'|"],
  ['x = |', 'f“a {d[‘b’]}”', 'x = f"a {d[\'b\']}"|'],
  ['x = f"{|}"', '‘a’ – 1', 'x = f"{\'a\' - 1|}"'],
  ['x = "a|"', '“–”', 'x = "a“–”|"'],
  ['x = 1  # it|', '’s “a” –', 'x = 1  # it’s “a” –|'],
  ['# a\n|', '“', '# a\n"|'],
  ['|', '“““', '"""|'],
  ['"""a |\n"""', '“b”', '"""a “b”|\n"""'],
  ['x = a |b', '– ', 'x = a - |b'],
  ['x = a «-»b', '—', 'x = a --|b'],
  ['if a |:', '≤ b', 'if a <= b|:'],
  ['f|', '（１，２）', 'f(1,2)|'],
  ['x =|', '\u00a01', 'x = 1|'],
  ['x = "a"|', '”', 'x = "a""|'],
  ['größe|', 'ß', 'größeß|'],
])('Python: into %j types %j', (before, text, after) => {
  expect(type(before, text, 'python')).toBe(after);
});

test.each([
  ['f(|);', '“a”', 'f("a"|);'],
  ['i«-»;', '—', 'i--|;'],
  ['x = `a |`;', '“b” –', 'x = `a “b” –|`;'],
  ['x = `a ${|}`;', '“b” – c', 'x = `a ${"b" - c|}`;'],
  ['x = /a|/;', '“', 'x = /a“|/;'],
  ['/* | */', '“', '/* “| */'],
  ['/* a */|', '“', '/* a */"|'],
  ['x = `a`|', '“', 'x = `a`"|'],
  ['x = `a |', '“b” –', 'x = `a “b” –|'],
  ['x = /a/g|', '“', 'x = /a/g"|'],
  ['/* |', '“', '/* “|'],
  ['// |', '“', '// “|'],
])('JavaScript: into %j types %j', (before, text, after) => {
  expect(type(before, text, 'javascript')).toBe(after);
});

import type { Language } from '@/api/types';
import { applied } from './code-edits';
import { type LineAction, lineEdit } from './line-edits';
import { readCode } from './tokens';
import { withoutHeader } from './unwrap-block';

/** Lines joined; `|` is the cursor. */
const code = (...lines: string[]) => lines.join('\n');

function act(marked: string, language: Language, ...actions: LineAction[]): string | null {
  let text = marked.replace('|', '');
  let selection = { from: marked.indexOf('|'), to: marked.indexOf('|') };
  for (const action of actions) {
    const edit = lineEdit(readCode(text, language), selection, action);
    if (!edit) return null;
    text = applied(text, edit);
    selection = edit.selection;
  }
  return `${text.slice(0, selection.from)}|${text.slice(selection.to)}`;
}

describe('a line of Python moves', () => {
  const loop = code('while a:', '    b = 1', 'else:', '    c()', 'return b');

  test('past its neighbours', () => {
    expect(act(code('a = 1', '|b = 2'), 'python', 'move-up')).toBe(code('|b = 2', 'a = 1'));
    expect(act(code('a = |1', '', 'b = 2'), 'python', 'move-down')).toBe(code('', 'b = 2', 'a = |1'));
  });

  test('into a block, through it, and out of it', () => {
    const steps = [
      code('while a:', '    |x = 0', '    b = 1', 'else:', '    c()', 'return b'),
      code('while a:', '    b = 1', '    |x = 0', 'else:', '    c()', 'return b'),
      code('while a:', '    b = 1', 'else:', '    |x = 0', '    c()', 'return b'),
      code('while a:', '    b = 1', 'else:', '    c()', '    |x = 0', 'return b'),
      code('while a:', '    b = 1', 'else:', '    c()', '|x = 0', 'return b'),
      code('while a:', '    b = 1', 'else:', '    c()', 'return b', '|x = 0'),
    ];
    const start = code('|x = 0', loop);
    for (const [index, expected] of steps.entries()) {
      expect(act(start, 'python', ...Array<LineAction>(index + 1).fill('move-down'))).toBe(expected);
    }
    const back = [start, ...steps].reverse().slice(1);
    for (const [index, expected] of back.entries()) {
      const end = steps.at(-1) ?? '';
      expect(act(end, 'python', ...Array<LineAction>(index + 1).fill('move-up'))).toBe(expected);
    }
  });

  test('with the block that it opens', () => {
    expect(act(code('a = 1', 'if |b:', '    c()', 'd()'), 'python', 'move-up')).toBe(
      code('if |b:', '    c()', 'a = 1', 'd()'),
    );
  });

  test('past what stands on several lines', () => {
    expect(act(code('|a = 1', 'x = f(', '    2,', ')'), 'python', 'move-down')).toBe(
      code('x = f(', '    2,', ')', '|a = 1'),
    );
    expect(act(code('x = f(', '    2,', ')', '|a = 1'), 'python', 'move-up')).toBe(
      code('|a = 1', 'x = f(', '    2,', ')'),
    );
    expect(act(code('|a = 1', 'def f(', '    x,', '):', '    pass'), 'python', 'move-down')).toBe(
      code('def f(', '    x,', '):', '    |a = 1', '    pass'),
    );
  });

  test('not beyond the ends', () => {
    expect(act(code('|a = 1', 'b = 2'), 'python', 'move-up')).toBeNull();
    expect(act(code('a = 1', '|b = 2'), 'python', 'move-down')).toBeNull();
  });
});

describe('a line of JavaScript moves', () => {
  test('into a block and out of it', () => {
    const start = code('|x();', 'if (a) {', '  b();', '} else {', '  c();', '}');
    const steps = [
      code('if (a) {', '  |x();', '  b();', '} else {', '  c();', '}'),
      code('if (a) {', '  b();', '  |x();', '} else {', '  c();', '}'),
      code('if (a) {', '  b();', '} else {', '  |x();', '  c();', '}'),
      code('if (a) {', '  b();', '} else {', '  c();', '  |x();', '}'),
      code('if (a) {', '  b();', '} else {', '  c();', '}', '|x();'),
    ];
    for (const [index, expected] of steps.entries()) {
      expect(act(start, 'javascript', ...Array<LineAction>(index + 1).fill('move-down'))).toBe(expected);
    }
    const back = [start, ...steps].reverse().slice(1);
    for (const [index, expected] of back.entries()) {
      const end = steps.at(-1) ?? '';
      expect(act(end, 'javascript', ...Array<LineAction>(index + 1).fill('move-up'))).toBe(expected);
    }
  });

  test('past what stands on several lines', () => {
    expect(act(code('|a();', 'const x = f(', '  2,', ');'), 'javascript', 'move-down')).toBe(
      code('const x = f(', '  2,', ');', '|a();'),
    );
  });
});

test('a block is indented with its beginning', () => {
  expect(act(code('if |a:', '    b()', 'c()'), 'python', 'indent')).toBe(
    code('    if |a:', '        b()', 'c()'),
  );
  expect(act(code('    |a()'), 'python', 'dedent')).toBe('|a()');
  expect(act('|a()', 'python', 'dedent')).toBeNull();
});

test('a new line is where the next statement belongs', () => {
  expect(act(code('if |a:', '    b()'), 'python', 'new-line')).toBe(code('if a:', '    |', '    b()'));
  expect(act(code('    a(', '      |1)'), 'python', 'new-line')).toBe(code('    a(', '      1)', '    |'));
  expect(act(code('  a|();', '}'), 'javascript', 'new-line')).toBe(code('  a();', '  |;', '}'));
});

test('a line is doubled and deleted', () => {
  expect(act(code('a(|1)', 'b()'), 'python', 'duplicate-line')).toBe(code('a(1)', 'a(|1)', 'b()'));
  expect(act(code('a()', '    |b()', '    c()'), 'python', 'delete-line')).toBe(code('a()', '    |c()'));
  expect(act(code('a()', '|b()'), 'python', 'delete-line')).toBe('a()|');
  expect(act(code('if a:', '    b()', '|else:', '    c()'), 'python', 'delete-line')).toBe(
    code('if a:', '    b()', '    |c()'),
  );
});

describe('a header is taken away from around its body', () => {
  function unwrap(text: string, language: Language, keyword: string): string | null {
    const reading = readCode(text, language);
    const token = reading.tokens.find((candidate) => candidate.text === keyword);
    const edit = token && withoutHeader(reading, token);
    return edit ? applied(text, edit) : null;
  }

  test.each<[Language, string, string, string | null]>([
    ['python', 'if', code('if a:', '    b()', '    c()'), code('b()', 'c()')],
    ['python', 'else', code('if a:', '    b()', 'else:', '    c()'), code('if a:', '    b()', 'c()')],
    ['python', 'if', code('if a:', '    b()', 'else:', '    c()'), null],
    ['python', 'if', 'x = a if b else c', null],
    [
      'javascript',
      'else',
      code('if (a) {', '  b();', '} else {', '  c();', '}'),
      code('if (a) {', '  b();', '}', 'c();'),
    ],
    ['javascript', 'while', code('while (a) {', '  b();', '}'), 'b();'],
    ['javascript', 'if', code('if (a) {', '  b();', '} else {', '  c();', '}'), null],
    ['javascript', 'if', 'if (a) b();', null],
  ])('%s %s', (language, keyword, before, after) => {
    expect(unwrap(before, language, keyword)).toBe(after);
  });
});

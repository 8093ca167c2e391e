import type { Language } from '@/api/types';
import { expressionSpanning, selectedBy, sidesOf, tapped, termOf, widened } from './terms';
import { type Reading, readCode, type Span, type Token, textOf, tokenAt } from './tokens';

const texts = (code: string, language: Language) =>
  readCode(code, language).tokens.map(({ text, kind }) => `${kind} ${text}`);

/** The token that begins at `|`. */
function marked(code: string, language: Language): { reading: Reading; token: Token } {
  const position = code.indexOf('|');
  const reading = readCode(code.replace('|', ''), language);
  const token = reading.tokens.find(({ from }) => from === position);
  if (!token) throw new Error(`no token at ${code}`);
  return { reading, token };
}

describe('tokens', () => {
  test('of Python', () => {
    expect(texts('if a is not None and b[-1] not in x.y:  # it\n    s = f"a {b}" + 2 - 1', 'python')).toEqual(
      [
        'keyword if',
        'name a',
        'operator is not',
        'literal None',
        'operator and',
        'name b',
        'opening [',
        'number -1',
        'closing ]',
        'operator not in',
        'name x',
        'mark .',
        'member y',
        'mark :',
        'comment # it',
        'name s',
        'operator =',
        'text f"a {b}"',
        'operator +',
        'number 2',
        'operator -',
        'number 1',
      ],
    );
  });

  test('of JavaScript', () => {
    expect(texts('const f = (x) => !x?.y && [...x, -1]; // it', 'javascript')).toEqual([
      'keyword const',
      'name f',
      'operator =',
      'opening (',
      'name x',
      'closing )',
      'mark =>',
      'operator !',
      'name x',
      'mark ?.',
      'member y',
      'operator &&',
      'opening [',
      'mark ...',
      'name x',
      'mark ,',
      'number -1',
      'closing ]',
      'mark ;',
      'comment // it',
    ]);
  });

  test.each(['x = (1 +', 'def', 'a b c ) ]', 'x = "abc', '§ x = 1'])('of broken code: %s', (code) => {
    const { tokens } = readCode(code, 'python');
    expect(tokens.map(({ text }) => text).join('')).toBe(code.replace(/\s/g, ''));
  });

  test.each([
    ['left <= right', 6, '<='],
    ['nums[i]', 5, 'i'],
    ['nums[i]', 4, 'nums'],
    ['a   b', 2, undefined],
  ])('at a cursor in %s at %i', (code, position, token) => {
    expect(tokenAt(readCode(code, 'python'), position)?.text).toBe(token);
  });
});

describe('the value that a token stands for', () => {
  test.each([
    ['return |nums[i] + 1', 'nums[i]'],
    ['return nums[|i] + 1', 'i'],
    ['return nums[i|] + 1', 'nums[i]'],
    ['return nums|[i] + 1', undefined],
    ['return self.|total - x', 'self.total'],
    ['f(|max(a, b))', 'max(a, b)'],
    ['f(max(a, b|))', 'max(a, b)'],
    ['return (a + b|)', '(a + b)'],
    ['x = {0: 1|}', '{0: 1}'],
    ['|x = 1', undefined],
    ['|x[0] = 1', undefined],
    ['x[|i] = 1', 'i'],
    ['x, |y = 1, 2', undefined],
    ['def f(|x): pass', undefined],
    ['for |x in y: pass', undefined],
    ['for x in |y: pass', 'y'],
    ['x: |int = 1', undefined],
  ])('%s', (code, term) => {
    const { reading, token } = marked(code, 'python');
    const node = termOf(token);
    expect(node ? textOf(reading, node) : undefined).toBe(term);
  });

  test.each([
    ['x = new |Set(a);', 'new Set(a)'],
    ['let |x = 1;', undefined],
    ['if (a|) return 1;', undefined],
    ['if (|a.b(1)) return 1;', 'a.b(1)'],
  ])('%s', (code, term) => {
    const { reading, token } = marked(code, 'javascript');
    const node = termOf(token);
    expect(node ? textOf(reading, node) : undefined).toBe(term);
  });
});

test.each([
  ['if a |- b:', 'a', 'b'],
  ['f(a + 1|, b[0])', 'a + 1', 'b[0]'],
  ['for i|, x in y: pass', 'i', 'x'],
  ['if a |not in b: pass', 'a', 'b'],
  ['if 1 <= a |< 3: pass', '1 <= a', '3'],
  ['f(a|, b=1)', 'a', 'b=1'],
])('what is left and right in %s', (code, left, right) => {
  const { reading, token } = marked(code, 'python');
  const sides = sidesOf(reading, token);
  expect(sides && [textOf(reading, sides.left), textOf(reading, sides.right)]).toEqual([left, right]);
});

/** What is selected after each of several taps on the same token. */
function taps(code: string, language: Language, count: number): string[] {
  const { reading, token } = marked(code, language);
  let selection: Span = { from: 0, to: 0 };
  let origin: Span | null = null;
  return Array.from({ length: count }, () => {
    selection = tapped(reading, token, selection, origin);
    origin = token;
    return textOf(reading, selection);
  });
}

describe('repeated taps select more', () => {
  test('from a token to its line, and begin anew', () => {
    expect(taps('    if nums[|i] < x and y:', 'python', 6)).toEqual([
      'i',
      'nums[i]',
      'nums[i] < x',
      'nums[i] < x and y',
      'if nums[i] < x and y:',
      'i',
    ]);
    expect(taps('  if (a.b(|c)) x();', 'javascript', 4)).toEqual(['c', 'a.b(c)', 'if (a.b(c)) x();', 'c']);
  });

  test('but a tap on another token within the selection selects that one', () => {
    const reading = readCode('a + b', 'python');
    const [first, , last] = reading.tokens;
    if (!first || !last) throw new Error('no tokens');
    expect(tapped(reading, last, { from: 0, to: 5 }, first)).toEqual({ from: 4, to: 5 });
  });

  test('a bracket that ends a value stands for it', () => {
    const { token } = marked('x = nums[i|]', 'python');
    expect(selectedBy(token)).toEqual({ from: 4, to: 11 });
  });
});

test('what is selected by hand may be an expression or none', () => {
  const reading = readCode('x = a + b', 'python');
  expect(expressionSpanning(reading, { from: 4, to: 9 })?.name).toBe('BinaryExpression');
  expect(expressionSpanning(reading, { from: 4, to: 7 })).toBeNull();
  expect(widened(reading, { from: 4, to: 7 })).toEqual({ from: 4, to: 9 });
});

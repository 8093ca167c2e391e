import type { Language } from '@/api/types';
import { applied } from './code-edits';
import type { Offer } from './offer';
import { selectedBy } from './terms';
import { offersFor } from './token-offers';
import { readCode, type Span } from './tokens';

interface Marked {
  code: string;
  language: Language;
  selection: Span;
}

/** `«…»` is the selection, `|` a cursor. */
function marked(text: string, language: Language): Marked {
  const from = text.search(/[|«]/);
  const to = text.includes('»') ? text.indexOf('»') - 1 : from;
  return { code: text.replace(/[|«»]/g, ''), language, selection: { from, to } };
}

const groupsOf = ({ code, language, selection }: Marked) =>
  offersFor(readCode(code, language), selection).groups;

const labels = (text: string, language: Language = 'python') =>
  groupsOf(marked(text, language)).map((group) => group.map(({ label }) => label));

function find(state: Marked, label: string): Offer {
  const offer = groupsOf(state)
    .flat()
    .find((candidate) => candidate.label === label);
  if (!offer) throw new Error(`no key ${label}`);
  return offer;
}

/** The code after some keys, with what is selected then. */
function press(text: string, language: Language, ...keys: string[]): string {
  let state = marked(text, language);
  for (const key of keys) {
    const { edit } = find(state, key);
    state = { ...state, code: applied(state.code, edit), selection: edit.selection };
  }
  const { code, selection } = state;
  const { from, to } = selection;
  return from === to
    ? `${code.slice(0, from)}|${code.slice(from)}`
    : `${code.slice(0, from)}«${code.slice(from, to)}»${code.slice(to)}`;
}

describe('what is offered in the place of a token', () => {
  test.each<[string, Language, string[]]>([
    ['if a «<» b: pass', 'python', ['<=', '>', '>=', '==', '!=']],
    ['if a «is not» b: pass', 'python', ['is', '==', '!=']],
    ['if a «===» b {}', 'javascript', ['<', '<=', '>', '>=', '!==']],
    ['a «=» b', 'python', ['+=', '-=', '*=']],
    ['a(b) «&&» c', 'javascript', ['||', '??']],
    ['«break»', 'python', ['continue', 'return', 'pass']],
    ['«if» a: pass', 'python', ['elif', 'while']],
    ['«let» a = 1', 'javascript', ['const']],
    ['x = «True»', 'python', ['False', 'None']],
    ['x.«append»(1)', 'python', ['appendleft', 'pop', 'popleft']],
    ['x.«shift»()', 'javascript', ['push', 'unshift', 'pop']],
    ['«max»(a, b)', 'python', ['min', 'sum']],
    ['f(«2»)', 'python', ['+1', '−1', '0', '1', '-2']],
    ['f(«-1»)', 'python', ['+1', '−1', '0', '1']],
  ])('%s: its siblings first', (text, language, expected) => {
    expect(labels(text, language)[0]?.slice(0, expected.length)).toEqual(expected);
  });

  const code = [
    'def outer(nums: list[int], k):',
    '    low = 0',
    '    def inner(x):',
    '        hidden = x',
    '    while low < «k»:',
    '        total = nums[low] + len(nums)',
    '        inner(total)',
  ].join('\n');

  test('names used alike, the nearest first, then the other names, then terms, none out of scope', () => {
    const [first = []] = labels(code);
    expect(first.slice(0, 7)).toEqual(['low', 'total', 'nums', 'len', 'inner', 'outer', 'nums[low]']);
    expect(first).toContain('len(nums)');
    expect(first).not.toContain('hidden');
    expect(first).not.toContain('x');
    expect(first).not.toContain('int');
    expect(first).not.toContain('k');
  });

  test('functions first for what is called', () => {
    expect(labels(code.replace('«k»', 'k').replace('len(nums)', '«len»(nums)'))[0]?.slice(0, 2)).toEqual([
      'sum',
      'inner',
    ]);
  });

  test('never the same twice, and no other order in code with another bug', () => {
    const all = labels(code).flat();
    expect(new Set(all).size).toBe(all.length);
    expect(labels('if a «<» b: pass')).toEqual(
      labels('if a «<=» b: pass').map((group, index) =>
        index === 0 ? ['<=', ...group.filter((label) => label !== '<')] : group,
      ),
    );
  });
});

describe('what is done with a value in Python', () => {
  test.each([
    ['range(«n»)', ['+1'], 'range(«n» + 1)'],
    ['x = a - «n»', ['+1', '+1'], 'x = a - «n» + 2'],
    ['range(«n + 1»)', ['+1'], 'range(«n + 2»)'],
    ['range(«n»)', ['+1', '+1'], 'range(«n» + 2)'],
    ['range(«n» - 1)', ['+1'], 'range(«n»)'],
    ['range(«n»)', ['+1', '−1'], 'range(«n»)'],
    ['x = «nums»[i]', ['−1'], 'x = «nums[i]» - 1'],
    ['f(«3»)', ['+1'], 'f(«4»)'],
    ['f(«0»)', ['−1'], 'f(«-1»)'],
    ['if «a»: pass', ['not'], 'if «not a»: pass'],
    ['if not «a»: pass', ['not'], 'if «a»: pass'],
    ['if «a or b»: pass', ['not'], 'if «not (a or b)»: pass'],
    ['x = «a»', ['-x'], 'x = «-a»'],
    ['x = «a + b»', ['-x'], 'x = «-(a + b)»'],
    ['x = «a»', ['max(…, x)', 'x'], 'x = max(x|, a)'],
    ['x = «a»', ['len(x)'], 'x = «len(a)»'],
    ['f(«a»)', ['x[:]'], 'f(«a[:]»)'],
    ['sorted(set(«a»))', ['only this'], 'sorted(«a»)'],
    ['if a «and» b: pass', ['keep left'], 'if «a»: pass'],
    ['if a «and» b: pass', ['keep right'], 'if «b»: pass'],
    ['x = a.b «-» c[0]', ['swap'], 'x = «c[0] - a.b»'],
    ['«f(a, b + 1)»', ['swap'], 'f(«b + 1, a»)'],
    ['for a«,» b in c: pass', ['swap'], 'for «b, a» in c: pass'],
  ])('%s %p', (before, keys, after) => {
    expect(press(before, 'python', ...keys)).toBe(after);
  });
});

describe('what is deleted goes with what belongs to it', () => {
  test.each<[string, Language, string]>([
    ['f(«a», b)', 'python', 'f(«b»)'],
    ['f(a, «b»)', 'python', 'f(a|)'],
    ['f(«a»)', 'python', 'f(|)'],
    ['x = a + «1»', 'python', 'x = «a»'],
    ['x = «a» - b', 'python', 'x = «b»'],
    ['x = a.«b»', 'python', 'x = a|'],
    ['if «not» a: pass', 'python', 'if «a»: pass'],
    ['} «else» if (a) {}', 'javascript', '} «if» (a) {}'],
    ['x = «!»a;', 'javascript', 'x = «a»;'],
  ])('%s', (before, language, after) => {
    expect(press(before, language, 'delete')).toBe(after);
  });
});

describe('what is written after a value or at a cursor', () => {
  test.each<[string, Language, string[], string]>([
    ['while «a»: pass', 'python', ['and', 'a'], 'while a and a|: pass'],
    ['x = «a»;', 'javascript', ['??', 'x'], 'x = a ?? x|;'],
    ['if «a»: pass', 'python', ['is None'], 'if a is None|: pass'],
    ['f(|b)', 'python', ['f', ','], 'f(f,| b)'],
    ['x = |', 'python', ['-', 'x'], 'x = -x|'],
    ['x = a |', 'python', ['-', 'x'], 'x = a - x|'],
    ['x.append(1)\n|', 'python', ['x', '.pop()'], 'x.append(1)\nx.pop()|'],
    ['x = [«]»', 'python', ['delete'], 'x = [|'],
    ['x = «{»}', 'python', ['0', ':', '1'], 'x = {0: 1|}'],
    ['f«(»)', 'python', ['[…]', '1'], 'f([1|])'],
    ['«return»', 'python', ['0'], 'return 0|'],
    ['x = «a»', 'python', ['[…]', '0'], 'x = a[0|]'],
    ['f(ab|c)', 'python', ['0'], 'f(ab0|c)'],
  ])('%s %p', (before, language, keys, after) => {
    expect(press(before, language, ...keys)).toBe(after);
  });
});

test('every offer fits the code that it is made for', () => {
  for (const language of ['python', 'javascript'] as const) {
    const code =
      language === 'python'
        ? 'def f(a, b=1):\n    if not a[0].c(b, -1):\n        return [a for a in b]'
        : 'const f = (a, b) => {\n  if (!a.c(b[0], -1)) return [...a];\n};';
    const reading = readCode(code, language);
    for (const token of reading.tokens) {
      for (const { edit } of offersFor(reading, selectedBy(token)).groups.flat()) {
        const result = applied(code, edit);
        const { from, to } = edit.selection;
        expect(from <= to && to <= result.length).toBe(true);
        expect(result).not.toContain('▮');
      }
    }
  }
});

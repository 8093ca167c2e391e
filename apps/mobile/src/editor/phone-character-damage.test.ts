// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code that holds templates is written here.
import type { Language } from '@/api/types';
import { applyChanges, phoneCharacterChanges } from './phone-character-changes';
import { languages } from './syntax';
import { quoteOf, textAt } from './text-regions';

const samples: Record<Language, string[]> = {
  python: [
    'def count(words, least=2):',
    '    """How often each occurs - "rarely" or more."""',
    '    found = {}  # it\'s "so" - by word',
    '    for word in words:',
    '        key = word.strip(".,") or f"{word[0]!r:->3} - {found.get(\'a\', -1)}"',
    '        found[key] = found.get(key, 0) + 1 - 0',
    "    return [(w, r'\\d') for w in found if found[w] >= least and w != 'it - \"is\"']",
  ],
  javascript: [
    'function count(words, least = 2) {',
    '  /* How often "each" occurs - or more. */',
    '  const found = new Map(); // it\'s "so" - by word',
    '  for (const word of words) {',
    '    const key = word.replace(/["-]/g, "") || `"${word[0] - 1}" - ${`\'${found.get(\'a\')}`}`;',
    '    found.set(key, (found.get(key) || 0) / 1 - 0);',
    '  }',
    '  return [...found].filter(([w, n]) => n >= least && w !== \'it - "is"\');',
    '}',
  ],
};

const substitutes: Record<string, string[]> = {
  '"': ['“', '”', '„', '＂'],
  "'": ['‘', '’', '＇'],
  '-': ['–', '−'],
  ' ': ['\u00a0', '\u3000'],
  ...Object.fromEntries(
    Array.from('()[],:;=+*.<>!&|', (sign) => [sign, [String.fromCharCode(sign.charCodeAt(0) + 0xfee0)]]),
  ),
};

/** Every way to write one character of the code as a phone does. */
function damages(code: string, language: Language): string[] {
  const tree = languages[language].parser.parse(code);
  return Array.from(code).flatMap((character, index) => {
    const text = textAt(tree, code, index);
    const quote = text && quoteOf(text, code);
    const isEnd =
      text !== null && quote?.length === 1 && [code.indexOf(quote, text.from), text.to - 1].includes(index);
    if (text && !isEnd) return [];
    return (substitutes[character] ?? []).map((by) => code.slice(0, index) + by + code.slice(index + 1));
  });
}

test.each(['python', 'javascript'] as const)('one character of %s as a phone writes it', (language) => {
  const code = samples[language].join('\n');
  const damaged = damages(code, language);
  expect(damaged.length).toBeGreaterThan(150);
  const wrong = damaged.filter((each) => applyChanges(each, phoneCharacterChanges(each, language)) !== code);
  expect(wrong).toEqual([]);
});

import { highlight } from './highlight';
import { quickHighlight } from './quick-highlight';

const python = `class Node:
    """A list's
    node."""
    def find(self, text: str):  # "not a string"
        return [f'{text}' for key in self.items if key != 1_000 and "it's" not in key]
`;

const javascript = `// don't
function find(text) {
  const items = new Map([[\`a \${text}\`, 'it\\'s']]); /* "no
  string" */
  return items.get(text) ?? 0x1f;
}
`;

/** The kind of every character that is seen. */
const kinds = (lines: ReturnType<typeof highlight>) =>
  lines.map((line) =>
    line.flatMap(({ text, kind }) => Array.from(text, (character) => (character === ' ' ? null : kind))),
  );

test('JavaScript is coloured as the parser does, but for what stands in templates, and escapes', () => {
  const code = javascript.replace(/`.*`/, '"a"').replace("\\'", '');
  expect(kinds(quickHighlight(code, 'javascript'))).toEqual(kinds(highlight(code, 'javascript')));
});

test('Python is coloured as the parser does, but for annotations and what stands in strings', () => {
  const code = python.replace(': str', '').replace("f'", "'");
  expect(kinds(quickHighlight(code, 'python'))).toEqual(kinds(highlight(code, 'python')));
});

test.each([
  ['python', python],
  ['javascript', javascript],
  ['python', 'x = "never ends\n\ny'],
  ['javascript', ''],
] as const)('nothing gets lost of %s', (language, code) => {
  const lines = quickHighlight(code, language);
  expect(lines.map((line) => line.map(({ text }) => text).join('')).join('\n')).toBe(code);
});

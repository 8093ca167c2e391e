import { highlight } from './highlight';

test('Python', () => {
  const [first, second] = highlight('def f(x):\n    return x <= 1  # one', 'python');
  expect(first).toContainEqual({ text: 'def', kind: 'keyword' });
  expect(first).toContainEqual({ text: 'f', kind: 'definition' });
  expect(second).toContainEqual({ text: '<=', kind: 'operator' });
  expect(second).toContainEqual({ text: '1', kind: 'number' });
  expect(second).toContainEqual({ text: '# one', kind: 'comment' });
});

test('JavaScript, and nothing gets lost', () => {
  const code = 'function f(x) {\n\n  return `$x` + "é";\n}\n';
  const lines = highlight(code, 'javascript');
  expect(lines.map((line) => line.map((piece) => piece.text).join('')).join('\n')).toBe(code);
  expect(lines[0]).toContainEqual({ text: 'function', kind: 'keyword' });
  expect(lines[2]).toContainEqual({ text: '"é"', kind: 'string' });
});

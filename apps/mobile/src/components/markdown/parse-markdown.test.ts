import { parseInline, parseMarkdown } from './parse-markdown';

test('inline styles', () => {
  expect(parseInline('Use `a < b`, **not** *this* in snake_case_names or [docs](https://x).')).toEqual([
    { text: 'Use ', style: 'plain' },
    { text: 'a < b', style: 'code' },
    { text: ', ', style: 'plain' },
    { text: 'not', style: 'strong' },
    { text: ' ', style: 'plain' },
    { text: 'this', style: 'emphasis' },
    { text: ' in snake_case_names or ', style: 'plain' },
    { text: 'docs', style: 'plain' },
    { text: '.', style: 'plain' },
  ]);
});

test('multiplication is no emphasis', () => {
  expect(parseInline('2 * 3 * 4')).toEqual([{ text: '2 * 3 * 4', style: 'plain' }]);
});

test('blocks', () => {
  const source =
    '## Title\nFirst line\ngoes on.\n\n- one\n  continued\n- two\n\n1. first\n\n```\na = 1\n\nb\n```\nEnd:\n- last';
  expect(parseMarkdown(source).map((block) => (block.kind === 'code' ? block.text : block.kind))).toEqual([
    'heading',
    'paragraph',
    'list',
    'list',
    'a = 1\n\nb',
    'paragraph',
    'list',
  ]);
  expect(parseMarkdown(source)[2]).toEqual({
    kind: 'list',
    isOrdered: false,
    items: [[{ text: 'one continued', style: 'plain' }], [{ text: 'two', style: 'plain' }]],
  });
});

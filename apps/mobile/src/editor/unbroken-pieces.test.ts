import { unbrokenPieces } from './unbroken-pieces';

test.each([
  ['def push(self, value: int) -> None:', ['def', 'push(', 'self,', 'value:', 'int)', '-> None:']],
  ['    self.minimums.append(value)', ['    self', '.minimums', '.append(', 'value)']],
  ['if a <= b and d[-1] != 2:', ['if', 'a', '<=', 'b', 'and', 'd[', '-1]', '!=', '2:']],
  ['  return a?.b !== c && i++;', ['  return', 'a', '?.', 'b', '!==', 'c', '&&', 'i++;']],
  ['items.map((item) => [...rest, item])', ['items', '.map((', 'item)', '=>', '...rest,', 'item])']],
])('%s', (line, pieces) => {
  expect(line.match(unbrokenPieces)).toEqual(pieces);
});

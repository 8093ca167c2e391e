import type { Edit } from './code-edits';
import { CodeLines, replaceLines, shifted } from './code-lines';
import type { CodeNode } from './text-regions';
import type { Reading, Token } from './tokens';

const headers = new Set(['if', 'elif', 'else', 'while', 'for', 'with', 'try']);

function blockAfter(node: CodeNode): CodeNode | null {
  for (let next = node.nextSibling; next; next = next.nextSibling) {
    if (next.name === 'Body' || next.name === 'Block') return next;
    if (headers.has(next.name)) return null;
  }
  return null;
}

/** Takes a condition, a loop or an `else` away from around its body; null if something would be left over. */
export function withoutHeader(reading: Reading, { text, node }: Token): Edit | null {
  const block = headers.has(text) && node.parent?.name.endsWith('Statement') ? blockAfter(node) : null;
  if (!block || headers.has(block.nextSibling?.name ?? '')) return null;
  const lines = new CodeLines(reading);
  const { last } = lines.linesOf(block);
  const opening = lines.at(block.from);
  const first = lines.at(node.from);
  const isBraced = block.name === 'Block';
  const body = lines.texts.slice(opening + 1, isBraced ? last : last + 1);
  const isAlone = !isBraced || lines.text(last).trim() === '}';
  if (body.length === 0 || last === opening || !isAlone) return null;
  const before = lines
    .text(first)
    .slice(0, node.from - lines.start(first))
    .trimEnd();
  const by = lines.indent(first) - lines.indent(opening + 1);
  const texts = [...(before ? [before] : []), ...body.map((line) => shifted(line, by))];
  const cursor = lines.start(first) + (before ? before.length + 1 : 0) + lines.indent(first);
  return replaceLines(lines, { first, last }, texts, { from: cursor, to: cursor });
}

import { blockOf, type CodeLines, indents, isStatement, type Lines } from './code-lines';
import type { CodeNode } from './text-regions';

/** Where a statement may stand: before a line, and how far indented. */
export interface Place {
  before: number;
  indent: number;
}

const isClause = (text: string) => /^\s*(else|elif|except|finally)\b/.test(text);

/** The next place below for a statement: past the next line, into a block, or out of its own. */
export function placeBelow(lines: CodeLines, unit: Lines): Place | null {
  const next = lines.filled(unit.last, 1);
  return lines.reading.language === 'python'
    ? pythonPlaceBelow(lines, unit, next)
    : next === null
      ? null
      : behind(lines, next, lines.indent(next));
}

/** The next place above for a statement. */
export function placeAbove(lines: CodeLines, unit: Lines): Place | null {
  const last = lines.filled(unit.first, -1);
  if (last === null) return null;
  return lines.reading.language === 'python'
    ? pythonPlaceAbove(lines, unit, last)
    : javascriptPlaceAbove(lines, unit, last);
}

const step = (lines: CodeLines) => indents[lines.reading.language].length;

/** Behind the statement that begins on the line, or at the beginning of the block that it opens. */
function behind(lines: CodeLines, line: number, indent: number): Place {
  const start = lines.content(line);
  const statement = lines.statementsAround(start).findLast(({ from }) => from === start);
  const block = statement && blockOf(lines, statement);
  if (block) return { before: lines.at(block.from) + 1, indent: indent + step(lines) };
  const isOpened = lines.text(line).trimEnd().endsWith('{');
  return {
    before: (statement ? lines.linesOf(statement).last : line) + 1,
    indent: !statement && isOpened ? indent + step(lines) : indent,
  };
}

/** The largest statement at a line that the unit is no part of. */
function neighbour(lines: CodeLines, line: number, unit: Lines): CodeNode | null {
  const isApart = (node: CodeNode) => lines.linesOf(node).last < unit.first;
  return lines.statementsAround(lines.content(line)).findLast(isApart) ?? null;
}

/** The first line of the statement whose block the line opens. */
function ownerOf(lines: CodeLines, header: number): number {
  const end = lines.start(header) + lines.text(header).trimEnd().length;
  for (let node: CodeNode | null = lines.reading.tree.resolveInner(end, -1); node; node = node.parent) {
    if (isStatement(node)) return lines.at(node.from);
  }
  return header;
}

function pythonPlaceBelow(lines: CodeLines, unit: Lines, next: number | null): Place | null {
  const indent = lines.indent(unit.first);
  if (next !== null && lines.indent(next) >= indent) return behind(lines, next, lines.indent(next));
  if (next !== null && isClause(lines.text(next))) {
    const hasSameOwner = lines.indent(next) + step(lines) === indent;
    if (hasSameOwner) return { before: next + 1, indent };
  }
  return indent === 0 ? null : { before: unit.last + 1, indent: Math.max(0, indent - step(lines)) };
}

function pythonPlaceAbove(lines: CodeLines, unit: Lines, last: number): Place {
  const indent = lines.indent(unit.first);
  if (lines.indent(last) < indent) {
    if (isClause(lines.text(last))) return { before: last, indent };
    const owner = ownerOf(lines, last);
    return { before: owner, indent: lines.indent(owner) };
  }
  const statement = neighbour(lines, last, unit);
  if (!statement) return { before: last, indent };
  const isDeeper = blockOf(lines, statement) !== null && lines.indent(lines.at(statement.from)) === indent;
  return isDeeper
    ? { before: unit.first, indent: indent + step(lines) }
    : { before: lines.at(statement.from), indent };
}

function javascriptPlaceAbove(lines: CodeLines, unit: Lines, last: number): Place {
  const text = lines.text(last).trim();
  const indent = lines.indent(last);
  const isClosing = text.startsWith('}');
  if (text.endsWith('{')) {
    if (isClosing) return { before: last, indent: indent + step(lines) };
    const owner = ownerOf(lines, last);
    return { before: owner, indent: lines.indent(owner) };
  }
  const statement = neighbour(lines, last, unit);
  if (isClosing && statement && blockOf(lines, statement))
    return { before: last, indent: indent + step(lines) };
  return { before: statement ? lines.at(statement.from) : last, indent };
}

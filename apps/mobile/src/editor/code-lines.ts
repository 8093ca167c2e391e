import type { Language } from '@/api/types';
import type { Edit } from './code-edits';
import type { CodeNode } from './text-regions';
import type { Reading, Span } from './tokens';

export const indents: Record<Language, string> = { python: '    ', javascript: '  ' };

/** Lines by their index, the last one included. */
export interface Lines {
  first: number;
  last: number;
}

/** The code by its lines, and the statements that stand on them. */
export class CodeLines {
  readonly texts: string[];
  private readonly starts: number[] = [];

  constructor(readonly reading: Reading) {
    this.texts = reading.code.split('\n');
    let start = 0;
    for (const text of this.texts) {
      this.starts.push(start);
      start += text.length + 1;
    }
  }

  text = (line: number) => this.texts[line] ?? '';
  start = (line: number) => this.starts[line] ?? this.reading.code.length;
  at = (position: number) => this.starts.findLastIndex((start) => start <= position);
  indent = (line: number) => this.text(line).length - this.text(line).trimStart().length;
  content = (line: number) => this.start(line) + this.indent(line);
  isBlank = (line: number) => this.text(line).trim() === '';

  /** The next line below, or above, that is not blank; null beyond the ends. */
  filled(line: number, step: 1 | -1): number | null {
    for (let next = line + step; next >= 0 && next < this.texts.length; next += step) {
      if (!this.isBlank(next)) return next;
    }
    return null;
  }

  linesOf({ from, to }: CodeNode): Lines {
    const end = this.reading.code.slice(from, to).trimEnd().length;
    return { first: this.at(from), last: this.at(from + end) };
  }

  /** The statements around a position that begin a line, the innermost first. */
  statementsAround(position: number): CodeNode[] {
    const found: CodeNode[] = [];
    for (let node: CodeNode | null = this.reading.tree.resolveInner(position, 1); node; node = node.parent) {
      if (isStatement(node) && node.from === this.content(this.at(node.from))) found.push(node);
    }
    return found;
  }
}

export const isStatement = (node: CodeNode) =>
  /(Statement|Declaration|FunctionDefinition|ClassDefinition)$/.test(node.name) && node.firstChild !== null;

const isBlock = ({ name }: CodeNode) => /^(Body|Block|ClassBody)$/.test(name);

/** The block that a statement opens first, if it has lines of its own. */
export function blockOf(lines: CodeLines, statement: CodeNode): CodeNode | null {
  for (let child = statement.firstChild; child; child = child.nextSibling) {
    if (!isBlock(child)) continue;
    const { first, last } = lines.linesOf(child);
    return last > first ? child : null;
  }
  return null;
}

/** A line further in, or out. */
export const shifted = (text: string, by: number) => {
  if (text.trim() === '') return text;
  const indent = text.length - text.trimStart().length;
  return ' '.repeat(Math.max(0, indent + by)) + text.trimStart();
};

/** Writes other lines in the place of some. */
export function replaceLines(
  lines: CodeLines,
  { first, last }: Lines,
  texts: string[],
  selection: Span,
): Edit {
  const from = lines.start(first);
  const to = lines.start(last) + lines.text(last).length;
  return { changes: [{ from, to, insert: texts.join('\n') }], selection };
}

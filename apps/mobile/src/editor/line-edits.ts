import type { Edit } from './code-edits';
import { blockOf, CodeLines, indents, type Lines, replaceLines, shifted } from './code-lines';
import { type Place, placeAbove, placeBelow } from './move-line';
import type { Reading, Span } from './tokens';

export type LineAction =
  | 'move-up'
  | 'move-down'
  | 'indent'
  | 'dedent'
  | 'new-line'
  | 'duplicate-line'
  | 'delete-line';

/** The lines of the selection: those of the statement that begins there, or else the selected ones. */
function unitAt(lines: CodeLines, { from, to }: Span): Lines {
  const selected = { first: lines.at(from), last: lines.at(to) };
  const [statement] = lines.statementsAround(Math.max(from, lines.content(selected.first)));
  const unit = statement && lines.linesOf(statement);
  const isOpening = unit && (unit.first === selected.first || !blockOf(lines, statement));
  return isOpening && unit.last >= selected.last ? unit : selected;
}

const unitTexts = (lines: CodeLines, unit: Lines) => lines.texts.slice(unit.first, unit.last + 1);

/** The selection when its line moves and is indented by some characters more. */
function moved({ from, to }: Span, by: number): Span {
  return { from: from + by, to: to + by };
}

function moveTo(lines: CodeLines, unit: Lines, selection: Span, place: Place | null): Edit | null {
  if (!place) return null;
  const by = place.indent - lines.indent(unit.first);
  const own = unitTexts(lines, unit).map((text) => shifted(text, by));
  if (place.before > unit.last) {
    const passed = lines.texts.slice(unit.last + 1, place.before);
    const distance = passed.reduce((sum, text) => sum + text.length + 1, 0);
    const range = { first: unit.first, last: place.before - 1 };
    return replaceLines(lines, range, [...passed, ...own], moved(selection, distance + by));
  }
  const passed = lines.texts.slice(place.before, unit.first);
  const distance = passed.reduce((sum, text) => sum + text.length + 1, 0);
  const range = { first: place.before, last: unit.last };
  return replaceLines(lines, range, [...own, ...passed], moved(selection, by - distance));
}

function indentBy(lines: CodeLines, unit: Lines, selection: Span, by: number): Edit | null {
  const change = Math.max(by, -lines.indent(unit.first));
  if (change === 0) return null;
  const texts = unitTexts(lines, unit).map((text) => shifted(text, change));
  return replaceLines(lines, unit, texts, moved(selection, change));
}

/** An empty line below the statement, or at the beginning of the block that it opens. */
function newLine(lines: CodeLines, unit: Lines, selection: Span): Edit {
  const { language, code } = lines.reading;
  const [statement] = lines.statementsAround(Math.max(selection.from, lines.content(unit.first)));
  const block = statement && lines.linesOf(statement).first === unit.first ? blockOf(lines, statement) : null;
  const isOpening = block !== null || /[:{]$/.test(lines.text(unit.last).trimEnd());
  const after = block ? lines.at(block.from) : unit.last;
  const indent = lines.indent(unit.first) + (isOpening ? indents[language].length : 0);
  const end = language === 'javascript' && /;$/m.test(code) ? ';' : '';
  const position = lines.start(after) + lines.text(after).length;
  const cursor = position + 1 + indent;
  return {
    changes: [{ from: position, to: position, insert: `\n${' '.repeat(indent)}${end}` }],
    selection: { from: cursor, to: cursor },
  };
}

function duplicate(lines: CodeLines, unit: Lines, selection: Span): Edit {
  const texts = unitTexts(lines, unit);
  const length = texts.reduce((sum, text) => sum + text.length + 1, 0);
  return replaceLines(lines, unit, [...texts, ...texts], moved(selection, length));
}

function deleteLines(lines: CodeLines, unit: Lines): Edit {
  const isLast = unit.last === lines.texts.length - 1;
  const from = isLast ? Math.max(0, lines.start(unit.first) - 1) : lines.start(unit.first);
  const to = isLast ? lines.reading.code.length : lines.start(unit.last + 1);
  const cursor = isLast ? from : from + lines.indent(unit.last + 1);
  return { changes: [{ from, to, insert: '' }], selection: { from: cursor, to: cursor } };
}

/** What an action does to the lines of the selection; null if there is nothing to do. */
export function lineEdit(reading: Reading, selection: Span, action: LineAction): Edit | null {
  const lines = new CodeLines(reading);
  const unit = unitAt(lines, selection);
  const indent = indents[reading.language].length;
  switch (action) {
    case 'move-up':
      return moveTo(lines, unit, selection, placeAbove(lines, unit));
    case 'move-down':
      return moveTo(lines, unit, selection, placeBelow(lines, unit));
    case 'indent':
      return indentBy(lines, unit, selection, indent);
    case 'dedent':
      return indentBy(lines, unit, selection, -indent);
    case 'new-line':
      return newLine(lines, unit, selection);
    case 'duplicate-line':
      return duplicate(lines, unit, selection);
    case 'delete-line':
      return deleteLines(lines, unit);
  }
}

// How the parts of a value are laid out in lines, as Node.js does it.

const LINE_WIDTH = 80;
// So many levels of a value may share a line.
const LEVELS_OF_A_LINE = 3;
const MAX_COLUMNS = 15;
const { floor, max, min, round, sqrt } = Math;

// Ranges of characters that take two columns, and of those that take none.
const WIDE = [
  [0x1100, 0x115f], [0x2e80, 0x303e], [0x3041, 0xa4cf], [0xac00, 0xd7a3], [0xf900, 0xfaff], [0xfe30, 0xfe6f],
  [0xff00, 0xff60], [0xffe0, 0xffe6], [0x1f300, 0x1f64f], [0x1f900, 0x1f9ff], [0x20000, 0x3fffd],
];
const WITHOUT_WIDTH = [[0, 0x1f], [0x7f, 0x9f], [0x300, 0x36f], [0x200b, 0x200f], [0x20d0, 0x20ff], [0xfe00, 0xfe0f]];

function isWithin(ranges, code) {
  for (let index = 0; index < ranges.length; index++) {
    if (code >= ranges[index][0] && code <= ranges[index][1]) return true;
  }
  return false;
}

// How many columns a text takes.
function widthOf(text) {
  let width = 0;
  for (let index = 0; index < text.length; index++) {
    const code = codePointAt(text, index);
    if (code > 0xffff) index++;
    if (code >= 0x20 && code < 0x7f) width++;
    else if (!isWithin(WITHOUT_WIDTH, code)) width += isWithin(WIDE, code) ? 2 : 1;
  }
  return width;
}

const padAtEnd = (text, width) => text + repeat(" ", max(0, width - widthOf(text)));
const padAtStart = (text, width) => repeat(" ", max(0, width - widthOf(text))) + text;

// The parts of an array in columns, where it has more than six. `parts` beyond `count` say how much is left out.
function inColumns(context, parts, count, isNumeric) {
  const { indentation, lineWidth } = context;
  const widths = newList();
  let total = 0;
  let widest = 0;
  for (let index = 0; index < count; index++) {
    push(widths, widthOf(parts[index]));
    total += widths[index] + 2;
    widest = max(widest, widths[index]);
  }
  const cell = widest + 2;
  // Parts of very different widths would leave large gaps.
  if (cell * 3 + indentation >= lineWidth || (total / cell <= 5 && widest > 6)) return parts;
  // A letter is about 2.5 times as high as wide: this comes close to a square.
  const biased = max(cell - 3 - sqrt(cell - total / parts.length), 1);
  const columns = min(
    round(sqrt(2.5 * biased * count) / biased),
    floor((lineWidth - indentation) / cell),
    LEVELS_OF_A_LINE * 4,
    MAX_COLUMNS,
  );
  if (columns <= 1) return parts;
  const lines = newList();
  for (let start = 0; start < count; start += columns) {
    const end = min(start + columns, count);
    let line = "";
    for (let index = start; index < end; index++) {
      let width = 0;
      for (let above = index - start; above < count; above += columns) width = max(width, widths[above]);
      const isLast = index === end - 1;
      const text = isLast ? parts[index] : parts[index] + ", ";
      if (isNumeric) line += padAtStart(text, isLast ? width : width + 2);
      else line += isLast ? text : padAtEnd(text, width + 2);
    }
    push(lines, line);
  }
  for (let index = count; index < parts.length; index++) push(lines, parts[index]);
  return lines;
}

// The parts on one line where they fit on it, else on a line each. `levels` is how many levels of values are in them.
function layOut(context, parts, before, open, close, levels, isGrouped) {
  const { indentation, lineWidth } = context;
  const start = before === "" ? open : before + " " + open;
  if (levels < LEVELS_OF_A_LINE && !isGrouped) {
    let width = parts.length + parts.length + indentation + open.length + before.length + 10;
    let isOneLine = indexOfText(before, "\n") < 0 && width + parts.length <= lineWidth;
    for (let index = 0; index < parts.length && isOneLine; index++) {
      width += parts[index].length;
      isOneLine = width <= lineWidth && indexOfText(parts[index], "\n") < 0;
    }
    if (isOneLine) return start + " " + join(parts, ", ") + " " + close;
  }
  const line = "\n" + repeat(" ", indentation);
  return start + line + "  " + join(parts, "," + line + "  ") + line + close;
}

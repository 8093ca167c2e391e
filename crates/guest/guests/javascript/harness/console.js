// The console.

// The largest width of a group's indentation: beyond, only lines of blanks would be seen.
const MAX_INDENTATION = 200;

const toFixed = method(Number.prototype, "toFixed");

let groupIndentation = "";
let counts = new MapClass();
let startsByLabel = new MapClass();
// Whether any of these has anything to be forgotten.
let isMarked = false;

// Forgets the groups, counts and timers of the test before.
function prepareConsole() {
  if (!isMarked) return;
  isMarked = false;
  groupIndentation = "";
  counts = new MapClass();
  startsByLabel = new MapClass();
}

function printLine(stream, text) {
  if (groupIndentation !== "") {
    text = groupIndentation + join(splitText(text, "\n"), "\n" + groupIndentation);
  }
  write(stream, toWellFormed(text) + "\n");
}

const labelOf = (label) => (label === undefined ? "default" : Str(label));
const warn = (text) => printLine(2, "Warning: " + text);

// The frames of the learner's code that are running, the innermost first.
function stackOfLearner() {
  const lines = splitText(Str(new ErrorClass().stack), "\n");
  let text = "";
  for (let index = 0; index < lines.length; index++) {
    if (indexOfText(lines[index], "solution.js") >= 0) text += "\n" + lines[index];
  }
  return text;
}

function timeSince(label, start) {
  const time = clock() - start;
  return label + ": " + (time < 1000 ? +toFixed(time, 3) + "ms" : toFixed(time / 1000, 3) + "s");
}

const shownConsole = {
  log(...values) {
    printLine(1, format(values));
  },
  warn(...values) {
    printLine(2, format(values));
  },
  dir(value, options) {
    let depth = own(options ?? {}, "depth");
    if (depth === null) depth = Infinity;
    const showsHidden = own(options ?? {}, "showHidden") === true;
    printLine(1, inspectWith(value, typeof depth === "number" ? depth : MAX_DEPTH, showsHidden));
  },
  time(label) {
    const name = labelOf(label);
    if (mapHas(startsByLabel, name)) warn("Label '" + name + "' already exists for console.time()");
    else mapSet(startsByLabel, name, clock());
    isMarked = true;
  },
  timeEnd(label) {
    const name = labelOf(label);
    if (!mapHas(startsByLabel, name)) return warn("No such label '" + name + "' for console.timeEnd()");
    printLine(1, timeSince(name, mapGet(startsByLabel, name)));
    mapDelete(startsByLabel, name);
  },
  timeLog(label, ...values) {
    const name = labelOf(label);
    if (!mapHas(startsByLabel, name)) return warn("No such label '" + name + "' for console.timeLog()");
    const text = timeSince(name, mapGet(startsByLabel, name));
    printLine(1, values.length === 0 ? text : text + " " + format(values));
  },
  trace(...values) {
    const text = format(values);
    printLine(2, "Trace" + (text === "" ? "" : ": " + text) + stackOfLearner());
  },
  assert(condition, ...values) {
    if (condition) return;
    const shown = newList();
    push(shown, "Assertion failed" + (values.length > 0 ? ": " + Str(values[0]) : ""));
    for (let index = 1; index < values.length; index++) push(shown, values[index]);
    printLine(2, format(shown));
  },
  clear() {},
  count(label) {
    const name = labelOf(label);
    const count = (mapGet(counts, name) ?? 0) + 1;
    mapSet(counts, name, count);
    isMarked = true;
    printLine(1, name + ": " + count);
  },
  countReset(label) {
    const name = labelOf(label);
    if (!mapHas(counts, name)) return warn("Count for '" + name + "' does not exist");
    mapDelete(counts, name);
  },
  group(...values) {
    if (values.length > 0) printLine(1, format(values));
    isMarked = true;
    if (groupIndentation.length < MAX_INDENTATION) groupIndentation += "  ";
  },
  groupEnd() {
    groupIndentation = slice(groupIndentation, 2);
  },
  table(rows, columns) {
    if (columns !== undefined && !isArray(columns)) throw invalidType("properties", "an instance of Array", columns);
    if (rows === null || typeof rows !== "object") return printLine(1, format([rows]));
    printLine(1, tableOf(rows, columns));
  },
};
shownConsole.debug = shownConsole.info = shownConsole.dirxml = shownConsole.log;
shownConsole.error = shownConsole.warn;
shownConsole.groupCollapsed = shownConsole.group;

// What `console.table` draws.

const MAX_ROWS = 1000;
const MAX_ITEMS_OF_A_CELL = 3;

// The cells of a column, by the positions of their rows.
const newColumn = (name) => ({ __proto__: null, name, cells: newList() });

const isPlain = (value) => value === null || (typeof value !== "object" && typeof value !== "function");

function showCell(value) {
  const isList = isArray(value) || isView(value);
  const isLarge = !isPlain(value) && typeof value === "object" && !isList && keysOf(value).length > 2;
  return inspectWith(value, isLarge ? -1 : 0, false, MAX_ITEMS_OF_A_CELL, Infinity);
}

// Rows beyond the first ones are left out: nobody reads them.
function tableOf(rows, chosen) {
  const kind = classOf(rows);
  if (kind === CLASS.Map || kind === CLASS.Set) return tableOfMembers(rows, kind);
  const names = newColumn("(index)");
  const values = newColumn("Values");
  // In the order of an object's keys: numbers come first.
  const byName = { __proto__: null };
  const fill = (name, position, cell) => {
    byName[name] ??= newColumn(name);
    byName[name].cells[position] = cell;
  };
  const keys = keysOf(rows);
  for (let position = 0; position < keys.length && position < MAX_ROWS; position++) {
    const row = rows[keys[position]];
    names.cells[position] = keys[position];
    if (isPlain(row) && chosen === undefined) {
      values.cells[position] = showCell(row);
      continue;
    }
    const cells = chosen ?? keysOf(row);
    for (let index = 0; index < cells.length && index < MAX_ROWS; index++) {
      const hasCell = !isPlain(row) && hasOwn(row, cells[index]);
      fill(Str(cells[index]), position, hasCell ? showCell(row[cells[index]]) : "");
    }
  }
  const columns = newList();
  push(columns, names);
  const found = keysOf(byName);
  for (let index = 0; index < found.length; index++) push(columns, byName[found[index]]);
  if (values.cells.length > 0) push(columns, values);
  return drawTable(columns, names.cells.length);
}

function tableOfMembers(rows, kind) {
  const columns = newList();
  const names = newColumn("(iteration index)");
  const keys = newColumn("Key");
  const values = newColumn("Values");
  push(columns, names);
  const add = (value, key) => {
    const position = names.cells.length;
    if (position >= MAX_ROWS) return;
    push(names.cells, "" + position);
    push(keys.cells, showCell(key));
    push(values.cells, showCell(value));
  };
  if (kind === CLASS.Map) {
    push(columns, keys);
    forEachInMap(rows, add);
  } else forEachInSet(rows, add);
  push(columns, values);
  return drawTable(columns, names.cells.length);
}

function drawTable(columns, count) {
  const widths = newList();
  for (let at = 0; at < columns.length; at++) {
    let width = widthOf(columns[at].name);
    for (let row = 0; row < count; row++) width = max(width, widthOf(columns[at].cells[row] ?? ""));
    push(widths, width);
  }
  const line = (left, middle, right) => {
    let text = left;
    for (let at = 0; at < widths.length; at++) text += (at > 0 ? middle : "") + repeat("─", widths[at] + 2);
    return text + right;
  };
  const row = (cellOf) => {
    let text = "│";
    for (let at = 0; at < widths.length; at++) text += " " + padAtEnd(cellOf(columns[at]) ?? "", widths[at]) + " │";
    return text;
  };
  const head = line("┌", "┬", "┐") + "\n" + row((column) => column.name) + "\n" + line("├", "┼", "┤") + "\n";
  const lines = newList();
  for (let at = 0; at < count; at++) push(lines, row((column) => column.cells[at]) + "\n");
  return head + join(lines, "") + line("└", "┴", "┘");
}

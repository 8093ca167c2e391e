// Values as a trace shows them. They are read without calling learners' code, but for a proxy's traps; what those do is
// not traced.

const MAX_TEXT = 120;
const MAX_NODES = 40;
const HIDDEN = {};

// The numbers of nodes.
let identities = new MapClass();
let identityCount = 0;
let sketch = "";

// An own property's value: undefined where there is none, HIDDEN where a getter would have to be called.
function own(value, key) {
  const descriptor = getOwnPropertyDescriptor(value, key);
  if (descriptor === undefined) return undefined;
  return hasOwn(descriptor, "value") ? descriptor.value : HIDDEN;
}

// The same, also of a value's prototypes.
function inherited(value, key) {
  for (let depth = 0; depth < 20 && value !== null; depth++) {
    if (hasOwn(value, key)) return own(value, key);
    value = getPrototypeOf(value);
  }
  return undefined;
}

const isObject = (value) => value !== null && typeof value === "object";
const isTreeNode = (value) =>
  isObject(value) && hasOwn(value, "val") && hasOwn(value, "left") && hasOwn(value, "right");
const isListNode = (value) => isObject(value) && hasOwn(value, "val") && hasOwn(value, "next");
const isGraphNode = (value) => isObject(value) && hasOwn(value, "val") && isArray(own(value, "neighbors"));

function nameOfFunction(value) {
  const name = own(value, "name");
  return typeof name === "string" ? name : "";
}

function nameOfClass(value) {
  const made = inherited(value, "constructor");
  const name = typeof made === "function" ? nameOfFunction(made) : "";
  return name === "Object" ? "" : name;
}

const isComplete = () => sketch.length > MAX_TEXT;

function add(text) {
  if (!isComplete()) sketch += slice(text, 0, MAX_TEXT + 1);
}

// The value as a person would write it. However large it is, no more is looked at than is shown.
function textOf(value) {
  sketch = "";
  try {
    draw(value, 0);
  } catch {
    add("…");
  }
  return isComplete() ? slice(sketch, 0, MAX_TEXT - 1) + "…" : sketch;
}

function draw(value, depth) {
  if (typeof value === "string") {
    const quoted = slice(quote(slice(value, 0, MAX_TEXT)), 1, -1);
    add("'" + join(splitText(join(splitText(quoted, '\\"'), '"'), "'"), "\\'") + "'");
    if (value.length > MAX_TEXT) add("…");
  } else if (typeof value === "bigint") {
    add(value >= LARGEST || value <= -LARGEST ? "…n" : Str(value) + "n");
  } else if (typeof value === "symbol") add(describeSymbol(value));
  else if (typeof value === "function") add("function " + nameOfFunction(value));
  else if (value === HIDDEN) add("(getter)");
  else if (value === 0 && 1 / value < 0) add("-0");
  else if (!isObject(value)) add(Str(value));
  else if (value instanceof ErrorClass) add(textOfError(value));
  else if (isTreeNode(value) || isGraphNode(value)) drawNode(value, depth);
  else if (isListNode(value)) drawChain(value, depth);
  else if (depth > 4) add("…");
  else if (isArray(value)) drawItems(value, own(value, "length"), depth);
  else if (value instanceof MapClass) drawMap(value, depth);
  else if (value instanceof SetClass) drawSet(value, depth);
  else if (isView(value) && !(value instanceof DataViewClass)) {
    add(nameOfClass(value) + " ");
    drawItems(value, lengthOfView(value), depth);
  } else drawObject(value, depth);
}

function drawItems(value, length, depth) {
  add("[");
  for (let index = 0; index < length && !isComplete(); index++) {
    if (index > 0) add(", ");
    draw(own(value, index), depth + 1);
  }
  add("]");
}

function drawMap(value, depth) {
  add("Map(" + sizeOfMap(value) + ") {");
  const entries = entriesOfMap(value);
  let separator = "";
  for (let item = nextInMap(entries); !item.done && !isComplete(); item = nextInMap(entries)) {
    add(separator);
    draw(item.value[0], depth + 1);
    add(" => ");
    draw(item.value[1], depth + 1);
    separator = ", ";
  }
  add("}");
}

function drawSet(value, depth) {
  add("Set(" + sizeOfSet(value) + ") {");
  const members = valuesOfSet(value);
  let separator = "";
  for (let item = nextInSet(members); !item.done && !isComplete(); item = nextInSet(members)) {
    add(separator);
    draw(item.value, depth + 1);
    separator = ", ";
  }
  add("}");
}

function drawObject(value, depth) {
  const name = nameOfClass(value);
  add(name === "" ? "{" : name + " {");
  const keys = keysOf(value);
  for (let index = 0; index < keys.length && !isComplete(); index++) {
    add((index > 0 ? ", " : "") + keys[index] + ": ");
    draw(own(value, keys[index]), depth + 1);
  }
  add("}");
}

function drawNode(value, depth) {
  add((nameOfClass(value) || "Node") + "(");
  drawValueOf(value, depth);
  add(")");
}

function drawValueOf(node, depth) {
  const value = own(node, "val");
  // A node as the value of a node could go on for ever.
  if (isObject(value) && depth > 4) add("…");
  else draw(value, depth + 1);
}

function drawChain(head, depth) {
  const seen = new MapClass();
  for (let node = head; isListNode(node) && !isComplete(); node = own(node, "next")) {
    if (node !== head) add(" → ");
    if (mapHas(seen, node)) return add("↺");
    mapSet(seen, node, true);
    drawValueOf(node, depth);
  }
}

function textOfError(error) {
  const name = inherited(error, "name");
  const message = inherited(error, "message");
  const shownName = typeof name === "string" ? slice(name, 0, MAX_TEXT) : "Error";
  return typeof message === "string" && message !== ""
    ? shownName + ": " + slice(message, 0, MAX_TEXT)
    : shownName;
}

// What can be drawn of a value, in JSON; empty where it is nothing that can be.
function structureOf(value) {
  try {
    if (isArray(value)) return listStructure(value, own(value, "length"));
    if (isTreeNode(value)) return treeStructure(value);
    if (isGraphNode(value)) return graphStructure(value);
    if (isListNode(value)) return linkedListStructure(value);
    if (isView(value) && !(value instanceof DataViewClass)) return listStructure(value, lengthOfView(value));
  } catch {
    // A proxy that throws.
  }
  return "";
}

function nodeStructure(node) {
  if (!mapHas(identities, node)) mapSet(identities, node, ++identityCount);
  return '{"id":' + mapGet(identities, node) + ',"text":' + quote(textOf(own(node, "val"))) + "}";
}

function listStructure(value, length) {
  const items = newList();
  for (let index = 0; index < length && index < MAX_NODES; index++) push(items, quote(textOf(own(value, index))));
  return '{"kind":"list","items":[' + join(items, ",") + '],"length":' + length + "}";
}

function linkedListStructure(head) {
  const positions = new MapClass();
  const nodes = newList();
  let node = head;
  for (; isListNode(node) && !mapHas(positions, node) && nodes.length < MAX_NODES; node = own(node, "next")) {
    mapSet(positions, node, nodes.length);
    push(nodes, nodeStructure(node));
  }
  const cycle = mapHas(positions, node) ? ',"cycle":' + mapGet(positions, node) : "";
  const isCut = cycle === "" && isListNode(node) ? ',"is_cut":true' : "";
  return '{"kind":"linked_list","nodes":[' + join(nodes, ",") + "]" + cycle + isCut + "}";
}

function treeStructure(top) {
  const queue = newList();
  const nodes = newList();
  push(queue, top);
  let count = 0;
  let isCut = "";
  for (let index = 0; index < queue.length; index++) {
    const node = queue[index];
    if (!isTreeNode(node)) push(nodes, "null");
    else if (count === MAX_NODES) {
      isCut = ',"is_cut":true';
      break;
    } else {
      count++;
      push(nodes, nodeStructure(node));
      push(queue, own(node, "left"));
      push(queue, own(node, "right"));
    }
  }
  while (nodes[nodes.length - 1] === "null") nodes.length--;
  return '{"kind":"tree","nodes":[' + join(nodes, ",") + "]" + isCut + "}";
}

function graphStructure(start) {
  const positions = new MapClass();
  const queue = newList();
  const nodes = newList();
  const edges = newList();
  let isCut = "";
  const find = (node) => {
    if (!mapHas(positions, node)) {
      if (queue.length === MAX_NODES) {
        isCut = ',"is_cut":true';
        return;
      }
      mapSet(positions, node, queue.length);
      push(queue, node);
    }
    return mapGet(positions, node);
  };
  find(start);
  for (let index = 0; index < queue.length; index++) {
    push(nodes, nodeStructure(queue[index]));
    const neighbors = own(queue[index], "neighbors");
    const length = own(neighbors, "length");
    if (length > MAX_NODES) isCut = ',"is_cut":true';
    for (let at = 0; at < length && at < MAX_NODES; at++) {
      const neighbor = own(neighbors, at);
      const position = isGraphNode(neighbor) ? find(neighbor) : undefined;
      if (position !== undefined) push(edges, "[" + index + "," + position + "]");
    }
  }
  return '{"kind":"graph","nodes":[' + join(nodes, ",") + '],"edges":[' + join(edges, ",") + "]" + isCut + "}";
}

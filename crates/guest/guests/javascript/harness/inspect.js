// Values as the console shows them: as Node.js does, but for errors, which are shown without their stack. Getters are
// not called, nor are the traps of proxies.

const MAX_DEPTH = 2;
const MAX_ITEMS = 100;
const MAX_STRING = 10000;
// When so much has been written of a value, the rest of it is shown without its contents.
const MAX_INSPECTED = 1 << 20;

const { is } = Object;
const isEscaped = (code) => code < 32 || code === 39 || code === 92 || (code > 126 && code < 160);
const NAME = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
const ESCAPES = { __proto__: null, 8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 92: "\\\\" };
const hexadecimal = method(Number.prototype, "toString");
// The two digits of a byte.
const hexByte = (byte) => (byte < 16 ? "0" : "") + hexadecimal(byte, 16);
const lower = method(String.prototype, "toLowerCase");
const upper = method(String.prototype, "toUpperCase");

// How a value is written as `console.log` does.
function inspect(value) {
  return inspectWith(value, MAX_DEPTH, false);
}

// The same, down to this depth; with `showsHidden` also what is not enumerable.
function inspectWith(value, maxDepth, showsHidden, maxItems = MAX_ITEMS, lineWidth = LINE_WIDTH) {
  const context = {
    __proto__: null, maxDepth, showsHidden, maxItems, lineWidth,
    indentation: 0, innermost: 0, above: newList(), circular: null, written: 0,
  };
  return show(context, value, 0);
}

// `depth` is how many values this one is in.
function show(context, value, depth) {
  if (value === null) return "null";
  if (typeof value !== "object" && typeof value !== "function") return showPrimitive(context, value);
  for (let hops = 0; classOf(value) === CLASS.Proxy; hops++) {
    value = contentOf(value);
    // Nobody writes so many around each other.
    if (value === null || hops > 100) return "<Revoked Proxy>";
  }
  for (let index = 0; index < context.above.length; index++) {
    if (context.above[index] !== value) continue;
    context.circular ??= new MapClass();
    if (!mapHas(context.circular, value)) mapSet(context.circular, value, sizeOfMap(context.circular) + 1);
    return "[Circular *" + mapGet(context.circular, value) + "]";
  }
  return showObject(context, value, depth);
}

function showPrimitive(context, value) {
  if (typeof value === "string") return showString(context, value);
  if (typeof value === "symbol") return describeSymbol(value);
  if (typeof value === "bigint") return Str(value) + "n";
  return is(value, -0) ? "-0" : Str(value);
}

function showString(context, value) {
  let rest = "";
  if (value.length > MAX_STRING) {
    const left = value.length - MAX_STRING;
    rest = "... " + left + " more character" + (left > 1 ? "s" : "");
    value = slice(value, 0, MAX_STRING);
  }
  if (value.length <= 16 || value.length <= context.lineWidth - context.indentation - 4) return quoteText(value) + rest;
  // A long text is broken where its lines end.
  const lines = newList();
  let start = 0;
  for (let end = indexOfText(value, "\n"); end >= 0; end = indexOfText(value, "\n", start)) {
    push(lines, quoteText(slice(value, start, end + 1)));
    start = end + 1;
  }
  if (start < value.length) push(lines, quoteText(slice(value, start)));
  return join(lines, " +\n" + repeat(" ", context.indentation + 2)) + rest;
}

// A text in those quotes that it does not have, single ones if it can be.
function quoteText(text) {
  let mark = "'";
  if (indexOfText(text, "'") >= 0) {
    if (indexOfText(text, '"') < 0) mark = '"';
    else if (indexOfText(text, "`") < 0 && indexOfText(text, "${") < 0) mark = "`";
  }
  return mark + escapeText(text, mark) + mark;
}

function escapeText(text, mark) {
  let escaped = "";
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const code = codeAt(text, index);
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    if (!isSurrogate && !isEscaped(code)) continue;
    if (code === 39 && mark !== "'") continue;
    if (isSurrogate && codePointAt(text, index) > 0xffff) {
      index++;
      continue;
    }
    escaped += slice(text, start, index);
    if (isSurrogate) escaped += "\\u" + hexadecimal(code, 16);
    else if (code === 39) escaped += "\\'";
    else escaped += ESCAPES[code] ?? "\\x" + upper(hexByte(code));
    start = index + 1;
  }
  return escaped + slice(text, start);
}

function showObject(context, value, depth) {
  const shape = describeObject(context, value);
  const { keys, addParts } = shape;
  const isEmpty = keys.length === 0 && (addParts === null || countOf(value, shape) === 0);
  if (isEmpty) {
    if (!shape.isEmptyShown && shape.before !== "") return shape.before;
    return shape.open + shape.close;
  }
  if (depth > context.maxDepth) {
    if (shape.kind === CLASS.RegExp) return shape.before;
    const name = prefixOf(shape.constructor, shape.tag, shape.isArray ? "Array" : "Object", "");
    return shape.constructor === null ? slice(name, 0, -1) : "[" + slice(name, 0, -1) + "]";
  }
  push(context.above, value);
  context.innermost = depth + 1;
  const parts = newList();
  if (addParts !== null) addParts(context, value, depth + 1, parts);
  const itemCount = parts.length;
  for (let index = 0; index < keys.length; index++) push(parts, showProperty(context, value, keys[index], depth + 1));
  context.above.length--;
  let { before } = shape;
  if (context.circular !== null && mapHas(context.circular, value)) {
    const reference = "<ref *" + mapGet(context.circular, value) + ">";
    before = before === "" ? reference : reference + " " + before;
  }
  let lines = parts;
  if (shape.isArray && parts.length > 6) {
    const isCut = parts.length > context.maxItems && itemCount > context.maxItems;
    const count = isCut ? parts.length - 1 : parts.length;
    lines = inColumns(context, parts, count, isNumeric(value, parts.length));
  }
  const levels = context.innermost - depth - 1;
  const { open, close } = shape;
  const text = layOut(context, lines, before, open, close, levels, lines.length !== parts.length);
  context.written += text.length;
  if (context.written > MAX_INSPECTED) context.maxDepth = -1;
  return text;
}

// How many parts an object has besides its properties; only whether it has any is of interest.
function countOf(value, shape) {
  if (isArray(value)) return value.length;
  if (shape.isArray) return lengthOfView(value);
  if (shape.kind === CLASS.Set) return sizeOfSet(value);
  if (shape.addParts === addParams) return partsOfParams(value).length;
  return shape.kind === CLASS.Map ? sizeOfMap(value) : 1;
}

function isNumeric(value, count) {
  for (let index = 0; index < count; index++) {
    const item = own(value, index);
    if (typeof item !== "number" && typeof item !== "bigint") return false;
  }
  return true;
}

function showProperty(context, value, key, depth) {
  const descriptor = getOwnPropertyDescriptor(value, key);
  const name = showKey(key, descriptor === undefined || descriptor.enumerable);
  return name + ": " + showSlot(context, descriptor, depth);
}

function showKey(key, isShownPlain) {
  if (typeof key === "symbol") return "[" + escapeText(describeSymbol(key), "") + "]";
  if (key === "__proto__") return "['__proto__']";
  if (!isShownPlain) return "[" + escapeText(key, "") + "]";
  return exec(NAME, key) === null ? quoteText(key) : key;
}

function showSlot(context, descriptor, depth) {
  if (descriptor === undefined) return "undefined";
  if (!hasOwn(descriptor, "value")) {
    if (descriptor.get !== undefined) return descriptor.set === undefined ? "[Getter]" : "[Getter/Setter]";
    return descriptor.set === undefined ? "undefined" : "[Setter]";
  }
  return showInner(context, descriptor.value, depth);
}

function showInner(context, value, depth) {
  context.indentation += 2;
  const text = show(context, value, depth);
  context.indentation -= 2;
  return text;
}

function addRest(parts, left) {
  if (left > 0) push(parts, "... " + left + " more item" + (left > 1 ? "s" : ""));
}

function addItems(context, value, depth, parts) {
  const { length } = value;
  let index = 0;
  while (index < length && parts.length < context.maxItems && hasOwn(value, index)) {
    push(parts, showSlot(context, getOwnPropertyDescriptor(value, index), depth));
    index++;
  }
  if (index < length && parts.length < context.maxItems) index = addSparseItems(context, value, depth, parts, index);
  addRest(parts, length - index);
}

// The items from the first hole on; how far they go.
function addSparseItems(context, value, depth, parts, index) {
  const keys = keysOf(value);
  const addHole = (end) => {
    push(parts, "<" + (end - index) + " empty item" + (end - index > 1 ? "s" : "") + ">");
    index = end;
  };
  for (let position = 0; position < keys.length && parts.length < context.maxItems; position++) {
    const at = +keys[position];
    if (exec(INDEX, keys[position]) === null || at < index) continue;
    if (at > index) addHole(at);
    if (parts.length === context.maxItems) break;
    push(parts, showSlot(context, getOwnPropertyDescriptor(value, at), depth));
    index++;
  }
  if (index < value.length && parts.length < context.maxItems) addHole(value.length);
  return index;
}

function addNumbers(context, value, depth, parts) {
  const length = lengthOfView(value);
  const shown = min(length, context.maxItems);
  for (let index = 0; index < shown; index++) push(parts, showPrimitive(context, value[index]));
  addRest(parts, length - context.maxItems);
}

function addMembers(context, value, depth, parts) {
  const members = valuesOfSet(value);
  for (let item = nextInSet(members); !item.done && parts.length < context.maxItems; item = nextInSet(members)) {
    push(parts, showInner(context, item.value, depth));
  }
  addRest(parts, sizeOfSet(value) - context.maxItems);
}

function addPairs(context, value, depth, parts) {
  const pairs = entriesOfMap(value);
  for (let item = nextInMap(pairs); !item.done && parts.length < context.maxItems; item = nextInMap(pairs)) {
    const key = showInner(context, item.value[0], depth);
    push(parts, key + " => " + showInner(context, item.value[1], depth));
  }
  addRest(parts, sizeOfMap(value) - context.maxItems);
}

function addParams(context, value, depth, parts) {
  const all = partsOfParams(value);
  for (let index = 0; index < all.length; index += 2) {
    push(parts, quoteText(all[index]) + " => " + quoteText(all[index + 1]));
  }
}

function addState(context, value, depth, parts) {
  const content = contentOf(value);
  if (content === null) {
    push(parts, "<pending>");
    return;
  }
  const text = showInner(context, content.value, depth);
  push(parts, content.isRejected ? "<rejected> " + text : text);
}

function addBytes(context, value, depth, parts) {
  const isShared = classOf(value) === CLASS.SharedArrayBuffer;
  const count = isShared ? bytesInSharedBuffer(value) : bytesInBuffer(value);
  const bytes = new Bytes(value);
  const digits = newList();
  for (let index = 0; index < count && index < 50; index++) {
    push(digits, hexByte(bytes[index]));
  }
  if (count > 50) push(digits, "... " + (count - 50) + " more byte" + (count > 51 ? "s" : ""));
  push(parts, "[Uint8Contents]: <" + join(digits, " ") + ">");
  push(parts, "byteLength: " + count);
}

function addDataView(context, value, depth, parts) {
  push(parts, "byteLength: " + lengthOfDataView(value));
  push(parts, "byteOffset: " + offsetOfDataView(value));
  push(parts, "buffer: " + showInner(context, bufferOfDataView(value), depth));
}

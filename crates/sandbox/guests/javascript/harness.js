// The JavaScript guest: runs the learner's code on tests and tells what happened.
//
// This file is evaluated once, when the snapshot is taken; its value is a function that gets `write` (for output, 1,
// errors, 2, and the steps of a trace, 3), `drawRandom` and `countProperties` from guest.c and returns what that calls
// for the host. In a fresh instance the host calls `load` once, then `call` once a test. An answer is one letter and a text, as in the Python
// guest (see harness.py, which also describes the arguments; what is false or null is left out of a test here):
//
//     R<json>  the result      E<json>, C<json>  an error report      O  the result is too large
//
// An error report of this guest is {"type", "message", "stack"}; the host picks the learner's frames from the stack.
//
// Learners can replace whatever they can reach: prototypes, globals, `JSON.stringify`. What decides the answer is
// therefore bound here, before their code runs. What runs later keeps away from what the language itself looks up in
// prototypes: an array's iterator (`for of`, spreading, `[a, b] =`), the setters of new elements, and the `concat` by
// which QuickJS evaluates template literals. The host believes nothing of it all the same.
(function (write, drawRandom, countProperties) {
  "use strict";

  const method = (holder, name) => Function.prototype.call.bind(holder[name]);
  const getter = (holder, name) =>
    Function.prototype.call.bind(Object.getOwnPropertyDescriptor(holder, name).get);
  const root = globalThis;

  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { isView } = ArrayBuffer;
  const { getOwnPropertyDescriptor, getOwnPropertyNames, getPrototypeOf, hasOwn, setPrototypeOf } = Object;
  const keysOf = Object.keys;
  const { apply, construct, defineProperty, deleteProperty } = Reflect;
  const [Big, Str, PromiseClass, ErrorClass] = [BigInt, String, Promise, Error];
  const [MapClass, SetClass, DateClass, RegExpClass, DataViewClass] = [Map, Set, Date, RegExp, DataView];
  // Nobody can make other objects instances of these.
  const hasInstance = { value: Function.prototype[Symbol.hasInstance] };
  for (const kind of [PromiseClass, ErrorClass, MapClass, SetClass, DateClass, RegExpClass, DataViewClass]) {
    defineProperty(kind, Symbol.hasInstance, hasInstance);
  }
  const iteratorSymbol = Symbol.iterator;
  const forEachInMap = method(Map.prototype, "forEach");
  const forEachInSet = method(Set.prototype, "forEach");
  const mapHas = method(Map.prototype, "has");
  const mapGet = method(Map.prototype, "get");
  const mapSet = method(Map.prototype, "set");
  const toWellFormed = method(String.prototype, "toWellFormed");
  const slice = method(String.prototype, "slice");
  const join = method(Array.prototype, "join");
  const splitText = method(String.prototype, "split");
  const describeSymbol = method(Symbol.prototype, "toString");
  const [entriesOfMap, sizeOfMap] = [method(Map.prototype, "entries"), getter(Map.prototype, "size")];
  const [valuesOfSet, sizeOfSet] = [method(Set.prototype, "values"), getter(Set.prototype, "size")];
  const nextInMap = method(getPrototypeOf(new Map().entries()), "next");
  const nextInSet = method(getPrototypeOf(new Set().values()), "next");
  const lengthOfView = getter(getPrototypeOf(Uint8Array.prototype), "length");
  // An array without a prototype: adding to it never calls what learners put in the place of an element there.
  const newList = () => setPrototypeOf([], null);
  const push = (list, value) => {
    list[list.length] = value;
  };
  const quote = (text) => stringify(toWellFormed(text));
  // The host refuses longer integers.
  const LARGEST = 10n ** 10000n;

  class ListNode {
    constructor(val, next) {
      this.val = val === undefined ? 0 : val;
      this.next = next === undefined ? null : next;
    }
  }

  class TreeNode {
    constructor(val, left, right) {
      this.val = val === undefined ? 0 : val;
      this.left = left === undefined ? null : left;
      this.right = right === undefined ? null : right;
    }
  }

  class GraphNode {
    constructor(val, neighbors) {
      this.val = val === undefined ? 0 : val;
      this.neighbors = neighbors === undefined ? [] : neighbors;
    }
  }

  // ---- arguments: from the wire form ------------------------------------------------------------------------

  function untag(value) {
    if (value === null || typeof value !== "object") return value;
    if (isArray(value)) {
      for (let index = 0; index < value.length; index++) value[index] = untag(value[index]);
      return value;
    }
    if (hasOwn(value, "$int")) return Big(value.$int);
    if (hasOwn(value, "$float")) return +value.$float;
    if (hasOwn(value, "$set")) return new SetClass(untag(value.$set));
    if (hasOwn(value, "$map")) return new MapClass(untag(value.$map));
    const keys = keysOf(value);
    for (let index = 0; index < keys.length; index++) value[keys[index]] = untag(value[keys[index]]);
    return value;
  }

  function decode(value, shape, tagged) {
    if (shape === null) return tagged ? untag(value) : value;
    if (value === null) return null;
    if (shape === "ListNode") return decodeList(value, tagged);
    if (shape === "TreeNode") return decodeTree(tagged ? untag(value) : value);
    if (shape === "GraphNode") return decodeGraph(tagged ? untag(value) : value);
    if (tagged && shape[0] === "map" && hasOwn(value, "$map")) {
      const pairs = value.$map;
      for (let index = 0; index < pairs.length; index++) {
        pairs[index][0] = untag(pairs[index][0]);
        pairs[index][1] = decode(pairs[index][1], shape[1], tagged);
      }
      return new MapClass(pairs);
    }
    // A list or a map.
    const keys = shape[0] === "list" ? value : keysOf(value);
    for (let index = 0; index < keys.length; index++) {
      const key = keys === value ? index : keys[index];
      value[key] = decode(value[key], shape[1], tagged);
    }
    return value;
  }

  function decodeList(value, tagged) {
    const values = isArray(value) ? value : value.$list;
    const nodes = newList();
    for (let index = 0; index < values.length; index++) {
      nodes[index] = new ListNode(tagged ? untag(values[index]) : values[index]);
      if (index > 0) nodes[index - 1].next = nodes[index];
    }
    if (!isArray(value)) nodes[nodes.length - 1].next = nodes[value.cycle];
    return nodes.length > 0 ? nodes[0] : null;
  }

  function decodeTree(values) {
    if (values.length === 0 || values[0] === null) return null;
    const parents = newList();
    push(parents, new TreeNode(values[0]));
    for (let position = 1; position < values.length; position++) {
      if (values[position] === null) continue;
      const child = new TreeNode(values[position]);
      parents[(position - 1) >> 1][position % 2 ? "left" : "right"] = child;
      push(parents, child);
    }
    return parents[0];
  }

  function decodeGraph(entries) {
    const nodes = newList();
    for (let index = 0; index < entries.length; index++) push(nodes, new GraphNode(entries[index][0]));
    for (let index = 0; index < entries.length; index++) {
      const links = entries[index][1];
      for (let at = 0; at < links.length; at++) links[at] = nodes[links[at]];
      nodes[index].neighbors = links;
    }
    return nodes.length > 0 ? nodes[0] : null;
  }

  // ---- results: to the wire form ----------------------------------------------------------------------------

  // Thrown where a result has no wire form, or too large a one. Plain objects of this file's own: learners cannot
  // throw them.
  class InvalidResult {
    constructor(message) {
      this.message = message;
    }
  }
  const TOO_LARGE = { message: "" };

  // Objects of the language's own that are more than their properties.
  const unfit = [PromiseClass, DateClass, RegExpClass, ErrorClass, DataViewClass];

  let left = 0;
  let limits = null;

  function spend(size) {
    left -= size;
    if (left < 0) throw TOO_LARGE;
  }

  function deeper(depth) {
    spend(3);
    if (depth >= limits.max_depth) {
      throw new InvalidResult("the result is nested more than " + limits.max_depth + " levels deep");
    }
  }

  function encode(value, shape, depth) {
    if (shape === null || shape === "void") return plain(value, depth);
    if (value === null || value === undefined) {
      spend(4);
      return typeof shape === "string" ? "[]" : "null";
    }
    if (shape === "ListNode") return linkedList(value, depth);
    if (shape === "TreeNode") return tree(value, depth);
    if (shape === "GraphNode") return graph(value, depth);
    const kind = shape[0];
    const inner = shape[1];
    if (kind === "list" && isArray(value)) {
      deeper(depth);
      let text = "[";
      for (let index = 0; index < value.length; index++) {
        text += (index > 0 ? "," : "") + encode(value[index], inner, depth + 1);
      }
      return text + "]";
    }
    if (value instanceof MapClass) return map(value, kind === "map" ? inner : null, depth);
    if (typeof value !== "object" || value instanceof SetClass) return plain(value, depth);
    if (kind === "map") return object(value, inner, depth);
    if (typeof value[iteratorSymbol] === "function") return iterator(value, inner, depth);
    return plain(value, depth);
  }

  function plain(value, depth) {
    switch (typeof value) {
      case "number": {
        if (value - value !== 0) {
          spend(24);
          return value !== value ? '{"$float":"NaN"}' : '{"$float":"' + (value > 0 ? "" : "-") + 'Infinity"}';
        }
        const digits = "" + value;
        spend(digits.length + 1);
        return digits;
      }
      case "string": {
        spend(value.length + 3);
        const quoted = quote(value);
        spend(quoted.length - value.length);
        return quoted;
      }
      case "boolean":
        spend(4);
        return value ? "true" : "false";
      case "undefined":
        spend(4);
        return "null";
      case "bigint": {
        if (value >= LARGEST || value <= -LARGEST) throw TOO_LARGE;
        const digits = Str(value);
        spend(digits.length + 11);
        return '{"$int":"' + digits + '"}';
      }
      case "object":
        break;
      default:
        throw new InvalidResult("the result contains a " + typeof value + ", which cannot be compared");
    }
    if (value === null) {
      spend(4);
      return "null";
    }
    if (isArray(value)) return sequence(value, value.length, depth);
    if (value instanceof MapClass) return map(value, null, depth);
    if (value instanceof SetClass) {
      const members = newList();
      forEachInSet(value, (member) => push(members, member));
      return '{"$set":' + sequence(members, members.length, depth + 1) + "}";
    }
    if (isView(value) && !(value instanceof DataViewClass)) return sequence(value, lengthOfView(value), depth);
    if (value instanceof ListNode) return linkedList(value, depth);
    if (value instanceof TreeNode) return tree(value, depth);
    if (value instanceof GraphNode) return graph(value, depth);
    if (typeof value[iteratorSymbol] === "function") return iterator(value, null, depth);
    for (let index = 0; index < unfit.length; index++) {
      if (value instanceof unfit[index]) {
        throw new InvalidResult("the result contains a " + unfit[index].name + ", which cannot be compared");
      }
    }
    return object(value, null, depth);
  }

  function sequence(values, length, depth) {
    deeper(depth);
    if (length * 2 > left) throw TOO_LARGE;
    let text = "[";
    for (let index = 0; index < length; index++) {
      text += (index > 0 ? "," : "") + plain(values[index], depth + 1);
    }
    return text + "]";
  }

  function iterator(value, shape, depth) {
    deeper(depth);
    let text = "[";
    let separator = "";
    // An endless one ends here: every item spends something.
    for (const item of value) {
      text += separator + encode(item, shape, depth + 1);
      separator = ",";
    }
    return text + "]";
  }

  function object(value, shape, depth) {
    const keys = keysOf(value);
    const items = newList();
    for (let index = 0; index < keys.length; index++) push(items, value[keys[index]]);
    return entries(keys, items, shape, depth);
  }

  function map(value, shape, depth) {
    const keys = newList();
    const items = newList();
    forEachInMap(value, (item, key) => {
      push(keys, key);
      push(items, item);
    });
    return entries(keys, items, shape, depth);
  }

  function entries(keys, items, shape, depth) {
    deeper(depth);
    let isPlain = true;
    for (let index = 0; index < keys.length; index++) {
      isPlain &&= typeof keys[index] === "string" && keys[index][0] !== "$";
    }
    let text = isPlain ? "{" : '{"$map":[';
    for (let index = 0; index < keys.length; index++) {
      if (index > 0) text += ",";
      text += isPlain
        ? plain(keys[index], depth + 1) + ":" + encode(items[index], shape, depth + 1)
        : "[" + plain(keys[index], depth + 3) + "," + encode(items[index], shape, depth + 3) + "]";
    }
    return text + (isPlain ? "}" : "]}");
  }

  function linkedList(head, depth) {
    const positions = new MapClass();
    const values = newList();
    let cycle = null;
    for (let node = head; node !== null && node !== undefined; node = node.next) {
      checkNode(node, "ListNode", "next");
      if (mapHas(positions, node)) {
        cycle = mapGet(positions, node);
        break;
      }
      if (values.length >= limits.max_nodes) {
        throw new InvalidResult("the linked list has more than " + limits.max_nodes + " nodes");
      }
      mapSet(positions, node, values.length);
      push(values, node.val);
    }
    if (cycle === null) return sequence(values, values.length, depth);
    return '{"$list":' + sequence(values, values.length, depth + 1) + ',"cycle":' + cycle + "}";
  }

  function tree(top, depth) {
    const seen = new MapClass();
    const queue = newList();
    const values = newList();
    let count = 0;
    push(queue, top);
    for (let index = 0; index < queue.length; index++) {
      const node = queue[index];
      if (node === null || node === undefined) {
        push(values, null);
        continue;
      }
      checkNode(node, "TreeNode", "left");
      if (mapHas(seen, node)) throw new InvalidResult("the tree reaches a node twice");
      if (++count > limits.max_nodes) {
        throw new InvalidResult("the tree has more than " + limits.max_nodes + " nodes");
      }
      mapSet(seen, node, true);
      if (node.val === null || node.val === undefined) throw new InvalidResult("a TreeNode has no val");
      push(values, node.val);
      push(queue, node.left);
      push(queue, node.right);
    }
    let length = values.length;
    while (values[length - 1] === null) length--;
    return sequence(values, length, depth);
  }

  function graph(start, depth) {
    const positions = new MapClass();
    const nodes = newList();
    mapSet(positions, start, 0);
    push(nodes, start);
    deeper(depth);
    let text = "[";
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[index];
      checkNode(node, "GraphNode", "neighbors");
      deeper(depth + 1);
      deeper(depth + 2);
      text += (index > 0 ? ",[" : "[") + plain(node.val, depth + 2) + ",[";
      const neighbors = node.neighbors;
      if (!isArray(neighbors)) throw new InvalidResult("the neighbors of a GraphNode are not an array");
      for (let at = 0; at < neighbors.length; at++) {
        const neighbor = neighbors[at];
        let position = mapGet(positions, neighbor);
        if (position === undefined) {
          if (nodes.length >= limits.max_nodes) {
            throw new InvalidResult("the graph has more than " + limits.max_nodes + " nodes");
          }
          position = nodes.length;
          mapSet(positions, neighbor, position);
          push(nodes, neighbor);
        }
        const digits = "" + position;
        spend(digits.length + 1);
        text += (at > 0 ? "," : "") + digits;
      }
      text += "]]";
    }
    return text + "]";
  }

  function checkNode(node, expected, link) {
    if (node === null || typeof node !== "object" || !("val" in node) || !(link in node)) {
      let found = typeof node === "object" ? "an object" : "a " + typeof node;
      if (isArray(node)) found = "an array";
      if (node === null || node === undefined) found = "" + node;
      throw new InvalidResult("expected a " + expected + ", found " + found);
    }
  }

  // ---- errors -----------------------------------------------------------------------------------------------

  function report(kind, message, stack) {
    const text = (value, limit) => (typeof value === "string" ? quote(slice(value, 0, limit)) : '""');
    return '{"type":' + text(kind, 100) + ',"message":' + text(message, 2000) + ',"stack":' + text(stack, 20000) + "}";
  }

  // The report on whatever was thrown.
  function describe(error) {
    try {
      if (error instanceof ErrorClass) return report(error.name, error.message, error.stack);
      return report("Uncaught", inspect(error, 0, null), "");
    } catch {
      return report("Error", "", "");
    }
  }

  // ---- the console ------------------------------------------------------------------------------------------

  // `above` leads to the objects that this one is in: {value, above}.
  function inspect(value, depth, above) {
    switch (typeof value) {
      case "string": {
        const quoted = quote(value);
        return "'" + join(splitText(slice(quoted, 1, -1), '\\"'), '"') + "'";
      }
      case "bigint":
        return Str(value) + "n";
      case "symbol":
        return describeSymbol(value);
      case "function":
        return "[Function: " + (Str(value.name) || "(anonymous)") + "]";
      case "number":
        return value === 0 && 1 / value < 0 ? "-0" : Str(value);
      case "object":
        break;
      default:
        return Str(value);
    }
    if (value === null) return "null";
    for (let outer = above; outer !== null; outer = outer.above) if (outer.value === value) return "[Circular]";
    if (value instanceof ErrorClass) {
      return Str(value.name) + ": " + Str(value.message);
    }
    if (value instanceof DateClass || value instanceof RegExpClass) return Str(value);
    const type = value.constructor?.name ?? "Object";
    if (depth > 2) return isArray(value) ? "[Array]" : "[" + type + "]";
    const inner = { value, above };
    const show = (item) => inspect(item, depth + 1, inner);
    const items = newList();
    let count = 0;
    // No more than 100 are shown.
    const add = (describe) => count++ < 100 && push(items, describe());
    const name = (key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : inspect(key, 0, null));
    let prefix = type === "Object" ? "" : type + " ";
    let open = "{";
    let close = "}";
    if (isArray(value) || isView(value)) {
      prefix = isArray(value) ? "" : type + "(" + value.length + ") ";
      open = "[";
      close = "]";
      for (let index = 0; index < value.length && index < 100; index++) add(() => show(value[index]));
      count = value.length;
    } else if (value instanceof MapClass) {
      prefix = "Map(" + value.size + ") ";
      forEachInMap(value, (item, key) => add(() => show(key) + " => " + show(item)));
    } else if (value instanceof SetClass) {
      prefix = "Set(" + value.size + ") ";
      forEachInSet(value, (item) => add(() => show(item)));
    } else {
      const keys = keysOf(value);
      for (let index = 0; index < keys.length; index++) add(() => name(keys[index]) + ": " + show(value[keys[index]]));
    }
    if (items.length === 0) return prefix + open + close;
    if (count > 100) push(items, "... " + (count - 100) + " more item" + (count > 101 ? "s" : ""));
    return prefix + open + " " + join(items, ", ") + " " + close;
  }

  const print = (stream) => ({
    log(...values) {
      let line = "";
      for (let index = 0; index < values.length; index++) {
        const value = values[index];
        line += (index > 0 ? " " : "") + (typeof value === "string" ? value : inspect(value, 0, null));
      }
      write(stream, toWellFormed(line) + "\n");
    },
  }).log;

  const [out, err] = [print(1), print(2)];
  const shownConsole = {
    log: out, info: out, debug: out, dir: out, table: out, error: err, warn: err, trace: err,
    assert(condition, ...values) {
      const shown = newList();
      push(shown, "Assertion failed");
      for (let index = 0; index < values.length; index++) push(shown, values[index]);
      if (!condition) apply(err, undefined, shown);
    },
  };

  // ---- the trace --------------------------------------------------------------------------------------------

  // Code that is traced was instrumented (`engine/instrument.rs`): it calls the tracer, which tells the host each step
  // as it happens, in JSON, as `bugdrill_model::trace` describes it. Values are read without calling learners' code,
  // but for a proxy's traps; what those do is not traced.

  const MAX_TEXT = 120;
  const MAX_NODES = 40;
  const MAX_VARIABLES = 30;
  const NOTHING = {};
  const HIDDEN = {};

  let isTracing = false;
  // The frames of the functions that are running, the innermost last. Frames of generators and asynchronous functions
  // are here only while those run.
  let frames = newList();
  // The numbers of nodes.
  let identities = new MapClass();
  let identityCount = 0;
  let sketch = "";

  function startTrace() {
    isTracing = true;
    frames = newList();
    identities = new MapClass();
    identityCount = 0;
  }

  // Ends the functions that are still running, which `error` left.
  function endTrace(error) {
    while (isTracing && frames.length > 0) unwind(error);
    isTracing = false;
  }

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

  // The variables of a frame that are other than its step before told, and the names of those that are gone.
  function changesOf(frame) {
    const names = splitText(frame.names, ",");
    const shown = new MapClass();
    const changed = newList();
    const removed = newList();
    for (let index = 0; frame.names !== "" && index < names.length && index < MAX_VARIABLES; index++) {
      const name = names[index];
      let value;
      try {
        value = frame.read(index);
      } catch {
        // Not initialised yet.
        continue;
      }
      // Functions are shown where they are arguments. Outside of methods, `this` is nothing.
      if (typeof value === "function" && index >= frame.parameterCount) continue;
      if (name === "this" && (value === undefined || value === root)) continue;
      const structure = structureOf(value);
      const text =
        '{"name":' + quote(name) + ',"text":' + quote(textOf(value)) +
        (structure === "" ? "" : ',"structure":' + structure) + "}";
      mapSet(shown, name, text);
      if (mapGet(frame.shown, name) !== text) push(changed, text);
    }
    forEachInMap(frame.shown, (_, name) => {
      if (!mapHas(shown, name)) push(removed, quote(name));
    });
    frame.shown = shown;
    return (
      (changed.length > 0 ? ',"changed":[' + join(changed, ",") + "]" : "") +
      (removed.length > 0 ? ',"removed":[' + join(removed, ",") + "]" : "")
    );
  }

  // Tells a step of the innermost frame.
  function tell(event, text) {
    const frame = frames[frames.length - 1];
    isTracing = false;
    const step =
      '{"event":"' + event + '","line":' + frame.line + ',"depth":' + frames.length +
      ',"function":' + quote(frame.name) + changesOf(frame) +
      (text === null ? "" : ',"text":' + quote(text)) + "}";
    isTracing = true;
    write(3, step);
  }

  function enter(frame) {
    push(frames, frame);
    frame.shown = new MapClass();
    tell("call", null);
  }

  // Ends the innermost frame.
  function leave(text) {
    tell("return", text);
    frames.length--;
  }

  // Tells that the innermost frame has an exception.
  function raise(error) {
    const frame = frames[frames.length - 1];
    if (frame.raised === error) return;
    frame.raised = error;
    let text = "";
    try {
      text = error instanceof ErrorClass ? textOfError(error) : textOf(error);
    } catch {
      // A proxy that throws.
    }
    tell("exception", slice(text, 0, MAX_TEXT));
  }

  // Ends the innermost frame, which an exception left.
  function unwind(error) {
    if (error !== NOTHING) raise(error);
    leave(null);
  }

  // Makes a frame the innermost. Those above it were left by `error`, or by one that nobody told; if it is not there,
  // it is resumed.
  function resume(frame, error) {
    let position = frames.length - 1;
    while (position >= 0 && frames[position] !== frame) position--;
    if (position < 0) return enter(frame);
    while (frames.length - 1 > position) unwind(error);
  }

  function step(frame, line, names = "", read = null) {
    if (!isTracing) return;
    resume(frame, NOTHING);
    frame.line = line;
    frame.names = names;
    frame.read = read;
    tell("line", null);
  }

  // What instrumented code calls. A frame is one call of a function; lines are the places of what is told.
  const tracer = {
    __proto__: null,
    // A function begins. The first `parameterCount` of the names are its parameters.
    f(line, name, parameterCount, names = "", read = null) {
      const frame = {
        __proto__: null, line, name, parameterCount, names, read,
        shown: null, raised: NOTHING, result: null, resultLine: 0, isEntering: false,
      };
      if (isTracing) enter(frame);
      return frame;
    },
    // A statement begins.
    l: step,
    // A loop begins, whose first iteration is not told once more,
    o(frame, line, names, read) {
      step(frame, line, names, read);
      frame.isEntering = true;
    },
    // and one of its iterations.
    i(frame, line, names, read) {
      if (!frame.isEntering) step(frame, line, names, read);
      frame.isEntering = false;
    },
    // The function returns, yields or awaits a value.
    r(frame, line, value) {
      if (isTracing) {
        resume(frame, NOTHING);
        frame.line = line;
        leave(textOf(value));
      }
      return value;
    },
    // The function returns a value, but its `finally` comes first;
    d(frame, line, value) {
      if (isTracing) {
        resume(frame, NOTHING);
        frame.result = textOf(value);
        frame.resultLine = line;
      }
      return value;
    },
    // now that has ended.
    z(frame) {
      if (!isTracing || frame.result === null) return;
      resume(frame, NOTHING);
      frame.line = frame.resultLine;
      leave(frame.result);
    },
    // The function ends without `return`.
    e(frame) {
      if (!isTracing) return;
      resume(frame, NOTHING);
      leave("undefined");
    },
    // An error is about to be thrown.
    t(frame, line, error) {
      if (isTracing) {
        resume(frame, NOTHING);
        frame.line = line;
        frame.raised = NOTHING;
        raise(error);
      }
      return error;
    },
    // An error passes by on its way to a `finally`,
    x(frame, error) {
      if (isTracing) {
        resume(frame, error);
        raise(error);
      }
      return error;
    },
    // or is caught.
    c(frame, error) {
      tracer.x(frame, error);
      frame.raised = NOTHING;
    },
  };

  // ---- the learner's surroundings ---------------------------------------------------------------------------

  // Math.random of the engine would continue from the snapshot's state, the same in every run (sfc32). The seed is
  // drawn when it is first called: a run without one can be repeated.
  const state = new Uint32Array(4);
  let isSeeded = false;
  const math = {
    random() {
      if (!isSeeded) {
        isSeeded = true;
        for (let index = 0; index < 4; index++) state[index] = drawRandom();
        for (let index = 0; index < 12; index++) math.random();
      }
      const sum = (state[0] + state[1] + state[3]++) | 0;
      state[0] = state[1] ^ (state[1] >>> 9);
      state[1] = state[2] + (state[2] << 3);
      state[2] = ((state[2] << 21) | (state[2] >>> 11)) + sum;
      return ((sum >>> 0) * 2 ** 21 + (state[1] >>> 11)) / 2 ** 53;
    },
  };
  Object.defineProperty(Math, "random", { value: math.random, writable: true, configurable: true, enumerable: false });

  root.ListNode = ListNode;
  root.TreeNode = TreeNode;
  root.GraphNode = GraphNode;
  root.console = shownConsole;
  root.module = null;

  // What an object has now, to be brought back later.
  function remember(holder) {
    const names = getOwnPropertyNames(holder);
    const descriptors = names.map((name) => setPrototypeOf(getOwnPropertyDescriptor(holder, name), null));
    return { holder, names, descriptors };
  }

  function restore({ holder, names, descriptors }) {
    for (let index = 0; index < names.length; index++) {
      let isChanged = true;
      try {
        isChanged = holder[names[index]] !== descriptors[index].value;
      } catch {
        // Now it has a getter.
      }
      // Where that is refused, because learners made it unchangeable, it stays.
      if (isChanged) defineProperty(holder, names[index], descriptors[index]);
    }
  }

  const ownGlobals = remember(root);
  const ownConsole = remember(shownConsole);
  const isOwnGlobal = new MapClass(ownGlobals.names.map((name) => [name, true]));
  const moduleDescriptor = setPrototypeOf(getOwnPropertyDescriptor(root, "module"), null);

  // Undoes what a test before this one did to the globals.
  function prepareGlobals() {
    if (isUsed) {
      // Looking at all of them takes a while, and nobody replaces them by accident.
      if (mentionsGlobals) restore(ownGlobals);
      if (mentionsConsole) restore(ownConsole);
      // But assignments without a declaration are accidents, and make new ones.
      if (countProperties(root) > ownGlobals.names.length) {
        const names = getOwnPropertyNames(root);
        for (let index = 0; index < names.length; index++) {
          if (!mapHas(isOwnGlobal, names[index])) deleteProperty(root, names[index]);
        }
      }
    }
    isUsed = true;
    moduleDescriptor.value = { exports: {} };
    defineProperty(root, "module", moduleDescriptor);
  }

  // ---- load and call ----------------------------------------------------------------------------------------

  let factory = null;
  let signature = null;
  let isUsed = false;
  let mentionsGlobals = false;
  let mentionsConsole = false;

  // `makeNamespace` evaluates the learner's code in a scope of its own and returns what it calls by the name of
  // operation 0.
  function load(makeNamespace, description) {
    factory = makeNamespace;
    signature = limits = parse(description);
    mentionsGlobals = signature.mentions_globals;
    mentionsConsole = signature.mentions_console;
  }

  // The answer, or a promise of it where the learner's code returned one.
  function call(text) {
    try {
      return run(parse(text));
    } catch (error) {
      return failure(error);
    }
  }

  function failure(error) {
    endTrace(error === TOO_LARGE || error instanceof InvalidResult ? NOTHING : error);
    if (error === TOO_LARGE) return "O";
    if (error instanceof InvalidResult) return "E" + report("InvalidResult", error.message, "");
    return "E" + describe(error);
  }

  const missing = (message) => "C" + report("ReferenceError", message, "");

  function run(test) {
    prepareGlobals();
    const operations = signature.operations;
    const target = test.trace ? factory(tracer) : factory();
    if (typeof target !== "function") {
      return missing("Define a " + (signature.class ? "class" : "function") + " named `" + operations[0].name + "`.");
    }
    left = limits.result_bytes;
    if (test.trace) startTrace();
    return makeCalls(test, target, 0, undefined, "");
  }

  // Makes the calls from `first` on; `text` has the results of those before.
  function makeCalls(test, target, first, receiver, text) {
    const { operations } = signature;
    for (let index = first; index < test.calls.length; index++) {
      const position = test.calls[index][0];
      const given = test.calls[index][1];
      const { name, parameters, returns } = operations[position];
      const values = newList();
      for (let at = 0; at < given.length; at++) values[at] = decode(given[at], parameters[at], test.tagged);
      let result;
      if (position > 0) {
        const called = receiver[name];
        if (typeof called !== "function") {
          return missing("Define a method named `" + name + "` in the class `" + operations[0].name + "`.");
        }
        result = apply(called, receiver, values);
      } else if (signature.class) {
        receiver = construct(target, values);
      } else {
        result = apply(target, undefined, values);
      }
      const add = (result) => {
        let encoded = "null";
        if (test.observe !== undefined) encoded = encode(values[test.observe], parameters[test.observe], 0);
        else if (returns !== "void") encoded = encode(result, returns, 0);
        return test.sequence && index > 0 ? text + "," + encoded : encoded;
      };
      if (result instanceof PromiseClass) {
        return goOn(result, (settled) => makeCalls(test, target, index + 1, receiver, add(settled)));
      }
      text = add(result);
    }
    endTrace(NOTHING);
    return "R" + (test.sequence ? "[" + text + "]" : text);
  }

  // Asynchronous only where the learner's code is: it takes longer.
  async function goOn(promise, makeOtherCalls) {
    try {
      return await makeOtherCalls(await promise);
    } catch (error) {
      return failure(error);
    }
  }

  return { load, call, describe };
});

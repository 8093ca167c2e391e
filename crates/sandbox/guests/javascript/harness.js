// The JavaScript guest: runs the learner's code on tests and tells what happened.
//
// This file is evaluated once, when the snapshot is taken; its value is a function that gets `write` and `draw` from
// the host and returns what the host calls. In a fresh instance the host calls `load` once, then `call` once a test.
// An answer is one letter and a text, as in the Python guest (see harness.py, which also describes the arguments):
//
//     R<json>  the result      E<json>, C<json>  an error report      O  the result is too large
//
// An error report of this guest is {"type", "message", "stack"}; the host picks the learner's frames from the stack.
//
// Learners can replace whatever they can reach: prototypes, globals, `JSON.stringify`. What decides the answer is
// therefore bound here, before their code runs. What runs later keeps away from what the language itself looks up in
// prototypes: an array's iterator (`for of`, spreading, `[a, b] =`), the setters of new elements, and the `concat` by
// which QuickJS evaluates template literals. The host believes nothing of it all the same.
(function (write, draw) {
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
  const includes = method(String.prototype, "includes");
  const sourceOf = method(Function.prototype, "toString");
  const join = method(Array.prototype, "join");
  const splitText = method(String.prototype, "split");
  const describeSymbol = method(Symbol.prototype, "toString");
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

  // ---- the learner's surroundings ---------------------------------------------------------------------------

  // Math.random of the engine would continue from the snapshot's state, the same in every run (sfc32). The seed is
  // drawn when it is first called: a run without one can be repeated.
  const state = new Uint32Array(4);
  let isSeeded = false;
  const math = {
    random() {
      if (!isSeeded) {
        isSeeded = true;
        for (let index = 0; index < 4; index++) state[index] = draw();
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
      const names = getOwnPropertyNames(root);
      if (names.length > ownGlobals.names.length) {
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
    deleteProperty(root, "__bugdrill");
    factory = makeNamespace;
    const source = sourceOf(makeNamespace);
    mentionsGlobals = includes(source, "this") || includes(source, "globalThis");
    mentionsConsole = includes(source, "console");
    signature = limits = parse(description);
  }

  async function call(text) {
    try {
      return await run(parse(text));
    } catch (error) {
      if (error === TOO_LARGE) return "O";
      if (error instanceof InvalidResult) return "E" + report("InvalidResult", error.message, "");
      return "E" + describe(error);
    }
  }

  const missing = (message) => "C" + report("ReferenceError", message, "");

  async function run(test) {
    prepareGlobals();
    const operations = signature.operations;
    const target = factory();
    if (typeof target !== "function") {
      return missing("Define a " + (signature.class ? "class" : "function") + " named `" + operations[0].name + "`.");
    }
    left = limits.result_bytes;
    let receiver;
    let text = "";
    for (let index = 0; index < test.calls.length; index++) {
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
      if (result instanceof PromiseClass) result = await result;
      let encoded = "null";
      if (test.observe !== null) encoded = encode(values[test.observe], parameters[test.observe], 0);
      else if (returns !== "void") encoded = encode(result, returns, 0);
      if (!test.sequence) text = encoded;
      else text += (index > 0 ? "," : "") + encoded;
    }
    return "R" + (test.sequence ? "[" + text + "]" : text);
  }

  return { load, call, describe };
});

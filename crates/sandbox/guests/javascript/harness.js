// The JavaScript guest: runs the learner's code on tests and tells what happened.
//
// This file is evaluated once, when the snapshot is taken; its value is a function that gets `write` from the host
// and returns what the host calls. In a fresh instance the host calls `load` once, then `call` once a test. An
// answer is one letter and a text, as in the Python guest (see harness.py, which also describes the arguments):
//
//     R<json>  the result      E<json>, C<json>  an error report      O  the result is too large
//
// An error report of this guest is {"type", "message", "stack"}; the host picks the learner's frames from the stack.
//
// Learners can replace whatever they can reach: prototypes, globals, `JSON.stringify`. What decides the answer is
// therefore bound here, before their code runs. The host believes nothing of it all the same.
(function (write) {
  "use strict";

  const method = (holder, name) => Function.prototype.call.bind(holder[name]);
  const getter = (holder, name) =>
    Function.prototype.call.bind(Object.getOwnPropertyDescriptor(holder, name).get);

  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { isView } = ArrayBuffer;
  const { keys: keysOf, getOwnPropertyNames, getPrototypeOf } = Object;
  const { deleteProperty } = Reflect;
  const [Big, Str, PromiseClass, ErrorClass] = [BigInt, String, Promise, Error];
  const [MapClass, SetClass, DateClass, RegExpClass, DataViewClass] = [Map, Set, Date, RegExp, DataView];
  const iteratorSymbol = Symbol.iterator;
  const forEachInMap = method(Map.prototype, "forEach");
  const forEachInSet = method(Set.prototype, "forEach");
  const mapHas = method(Map.prototype, "has");
  const mapGet = method(Map.prototype, "get");
  const mapSet = method(Map.prototype, "set");
  const toWellFormed = method(String.prototype, "toWellFormed");
  const slice = method(String.prototype, "slice");
  const join = method(Array.prototype, "join");
  const push = method(Array.prototype, "push");
  const splitText = method(String.prototype, "split");
  const describeSymbol = method(Symbol.prototype, "toString");
  const lengthOfView = getter(getPrototypeOf(Uint8Array.prototype), "length");
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

  // ---- arguments: from the wire form ------------------------------------------------------------------------

  function untag(value) {
    if (value === null || typeof value !== "object") return value;
    if (isArray(value)) {
      for (let index = 0; index < value.length; index++) value[index] = untag(value[index]);
      return value;
    }
    if ("$int" in value) return Big(value.$int);
    if ("$float" in value) return +value.$float;
    if ("$set" in value) return new SetClass(untag(value.$set));
    if ("$map" in value) return new MapClass(untag(value.$map));
    for (const key of keysOf(value)) value[key] = untag(value[key]);
    return value;
  }

  function decode(value, shape, tagged) {
    if (shape === null) return tagged ? untag(value) : value;
    if (value === null) return null;
    if (shape === "ListNode") return decodeList(value, tagged);
    if (shape === "TreeNode") return decodeTree(tagged ? untag(value) : value);
    const [kind, inner] = shape;
    if (kind === "list") return value.map((item) => decode(item, inner, tagged));
    for (const key of keysOf(value)) value[key] = decode(value[key], inner, tagged);
    return value;
  }

  function decodeList(value, tagged) {
    const values = isArray(value) ? value : value.$list;
    const nodes = [];
    for (let index = 0; index < values.length; index++) {
      nodes[index] = new ListNode(tagged ? untag(values[index]) : values[index]);
      if (index > 0) nodes[index - 1].next = nodes[index];
    }
    if (!isArray(value)) nodes[nodes.length - 1].next = nodes[value.cycle];
    return nodes.length > 0 ? nodes[0] : null;
  }

  function decodeTree(values) {
    if (values.length === 0 || values[0] === null) return null;
    const parents = [new TreeNode(values[0])];
    let position = 1;
    for (let index = 0; position < values.length; index++) {
      for (const side of ["left", "right"]) {
        if (position < values.length && values[position] !== null) {
          const child = new TreeNode(values[position]);
          parents[index][side] = child;
          parents[parents.length] = child;
        }
        position++;
      }
    }
    return parents[0];
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

  let left = 0;
  let limits = null;

  function spend(size) {
    left -= size;
    if (left < 0) throw TOO_LARGE;
  }

  function deeper(depth) {
    spend(3);
    if (depth >= limits.max_depth) {
      throw new InvalidResult(`the result is nested more than ${limits.max_depth} levels deep`);
    }
  }

  function encode(value, shape, depth) {
    if (shape === null || shape === "void") return plain(value, depth);
    if (shape === "ListNode") return value === null || value === undefined ? "[]" : linkedList(value, depth);
    if (shape === "TreeNode") return value === null || value === undefined ? "[]" : tree(value, depth);
    const [kind, inner] = shape;
    if (kind === "list" && isArray(value)) {
      deeper(depth);
      let text = "[";
      for (let index = 0; index < value.length; index++) {
        text += (index > 0 ? "," : "") + encode(value[index], inner, depth + 1);
      }
      return text + "]";
    }
    if (kind === "map" && value instanceof MapClass) return map(value, inner, depth);
    if (kind === "map" && value !== null && typeof value === "object") return object(value, inner, depth);
    return plain(value, depth);
  }

  function plain(value, depth) {
    switch (typeof value) {
      case "number": {
        if (value - value !== 0) {
          spend(24);
          return value !== value ? '{"$float":"NaN"}' : `{"$float":"${value > 0 ? "" : "-"}Infinity"}`;
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
        return `{"$int":"${digits}"}`;
      }
      case "object":
        break;
      default:
        throw new InvalidResult(`the result contains a ${typeof value}, which cannot be compared`);
    }
    if (value === null) {
      spend(4);
      return "null";
    }
    if (isArray(value)) return sequence(value, value.length, depth);
    if (value instanceof MapClass) return map(value, null, depth);
    if (value instanceof SetClass) {
      const members = [];
      forEachInSet(value, (member) => push(members, member));
      return `{"$set":${sequence(members, members.length, depth + 1)}}`;
    }
    if (isView(value) && !(value instanceof DataViewClass)) return sequence(value, lengthOfView(value), depth);
    if (value instanceof ListNode) return linkedList(value, depth);
    if (value instanceof TreeNode) return tree(value, depth);
    if (typeof value[iteratorSymbol] === "function") return iterator(value, depth);
    for (const unfit of [PromiseClass, DateClass, RegExpClass, ErrorClass, DataViewClass]) {
      if (value instanceof unfit) {
        throw new InvalidResult(`the result contains a ${unfit.name}, which cannot be compared`);
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

  function iterator(value, depth) {
    const items = [];
    for (const item of value) {
      push(items, item);
      // Every item takes two bytes at least, so that an endless iterator ends here.
      if (items.length * 2 > left) throw TOO_LARGE;
    }
    return sequence(items, items.length, depth);
  }

  function object(value, shape, depth) {
    const pairs = [];
    for (const key of keysOf(value)) push(pairs, [key, value[key]]);
    return entries(pairs, shape, depth);
  }

  function map(value, shape, depth) {
    const pairs = [];
    forEachInMap(value, (item, key) => push(pairs, [key, item]));
    return entries(pairs, shape, depth);
  }

  function entries(pairs, shape, depth) {
    deeper(depth);
    let isPlain = true;
    for (let index = 0; index < pairs.length; index++) {
      const key = pairs[index][0];
      isPlain &&= typeof key === "string" && key[0] !== "$";
    }
    let text = isPlain ? "{" : '{"$map":[';
    for (let index = 0; index < pairs.length; index++) {
      const [key, item] = [pairs[index][0], pairs[index][1]];
      if (index > 0) text += ",";
      text += isPlain
        ? plain(key, depth + 1) + ":" + encode(item, shape, depth + 1)
        : "[" + plain(key, depth + 2) + "," + encode(item, shape, depth + 2) + "]";
    }
    return text + (isPlain ? "}" : "]}");
  }

  function linkedList(head, depth) {
    const positions = new MapClass();
    const values = [];
    let cycle = null;
    for (let node = head; node !== null && node !== undefined; node = node.next) {
      checkNode(node, "ListNode", "next");
      if (mapHas(positions, node)) {
        cycle = mapGet(positions, node);
        break;
      }
      if (values.length >= limits.max_nodes) {
        throw new InvalidResult(`the linked list has more than ${limits.max_nodes} nodes`);
      }
      mapSet(positions, node, values.length);
      push(values, node.val);
    }
    if (cycle === null) return sequence(values, values.length, depth);
    return `{"$list":${sequence(values, values.length, depth + 1)},"cycle":${cycle}}`;
  }

  function tree(root, depth) {
    const seen = new MapClass();
    const queue = [root];
    const values = [];
    for (let index = 0; index < queue.length; index++) {
      const node = queue[index];
      if (node === null || node === undefined) {
        push(values, null);
        continue;
      }
      checkNode(node, "TreeNode", "left");
      if (mapHas(seen, node)) throw new InvalidResult("the tree reaches a node twice");
      if (values.length > 2 * limits.max_nodes) {
        throw new InvalidResult(`the tree has more than ${limits.max_nodes} nodes`);
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

  function checkNode(node, expected, link) {
    if (typeof node !== "object" || !("val" in node) || !(link in node)) {
      const found = isArray(node) ? "an array" : typeof node === "object" ? "an object" : `a ${typeof node}`;
      throw new InvalidResult(`expected a ${expected}, found ${found}`);
    }
  }

  // ---- errors -----------------------------------------------------------------------------------------------

  function report(kind, message, stack) {
    const text = (value, limit) => (typeof value === "string" ? quote(slice(value, 0, limit)) : '""');
    return `{"type":${text(kind, 100)},"message":${text(message, 2000)},"stack":${text(stack, 20000)}}`;
  }

  // The report on whatever was thrown.
  function describe(error) {
    try {
      if (error instanceof ErrorClass) return report(error.name, error.message, error.stack);
      return report("Uncaught", inspect(error, 0, []), "");
    } catch {
      return report("Error", "", "");
    }
  }

  // ---- the console ------------------------------------------------------------------------------------------

  function inspect(value, depth, above) {
    switch (typeof value) {
      case "string": {
        const quoted = quote(value);
        return `'${join(splitText(slice(quoted, 1, -1), '\\"'), '"')}'`;
      }
      case "bigint":
        return `${Str(value)}n`;
      case "symbol":
        return describeSymbol(value);
      case "function":
        return `[Function: ${Str(value.name) || "(anonymous)"}]`;
      case "number":
        return value === 0 && 1 / value < 0 ? "-0" : Str(value);
      case "object":
        break;
      default:
        return Str(value);
    }
    if (value === null) return "null";
    if (above.includes(value)) return "[Circular]";
    if (value instanceof ErrorClass) {
      return `${Str(value.name)}: ${Str(value.message)}`;
    }
    if (value instanceof DateClass || value instanceof RegExpClass) return Str(value);
    const type = value.constructor?.name ?? "Object";
    if (depth > 2) return isArray(value) ? "[Array]" : `[${type}]`;
    const inner = [...above, value];
    const show = (item) => inspect(item, depth + 1, inner);
    const items = [];
    const add = (text) => (items.length < 100 ? push(items, text) : items.length++);
    const name = (key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : inspect(key, 0, []));
    let [prefix, open, close] = [type === "Object" ? "" : `${type} `, "{", "}"];
    if (isArray(value) || isView(value)) {
      [prefix, open, close] = [isArray(value) ? "" : `${type}(${value.length}) `, "[", "]"];
      for (let index = 0; index < value.length; index++) add(index < 100 ? show(value[index]) : "");
    } else if (value instanceof MapClass) {
      prefix = `Map(${value.size}) `;
      forEachInMap(value, (item, key) => add(`${show(key)} => ${show(item)}`));
    } else if (value instanceof SetClass) {
      prefix = `Set(${value.size}) `;
      forEachInSet(value, (item) => add(show(item)));
    } else {
      for (const key of keysOf(value)) add(`${name(key)}: ${show(value[key])}`);
    }
    if (items.length === 0) return `${prefix}${open}${close}`;
    if (items.length > 100) {
      const hidden = items.length - 100;
      items.length = 100;
      push(items, `... ${hidden} more item${hidden > 1 ? "s" : ""}`);
    }
    return `${prefix}${open} ${join(items, ", ")} ${close}`;
  }

  const print = (stream) => ({
    log(...values) {
      let line = "";
      for (let index = 0; index < values.length; index++) {
        const value = values[index];
        line += (index > 0 ? " " : "") + (typeof value === "string" ? value : inspect(value, 0, []));
      }
      write(stream, toWellFormed(line) + "\n");
    },
  }).log;

  const [out, err] = [print(1), print(2)];
  const shownConsole = {
    log: out, info: out, debug: out, dir: out, table: out, error: err, warn: err, trace: err,
    assert: (condition, ...values) => condition || err("Assertion failed", ...values),
  };

  // ---- the learner's surroundings ---------------------------------------------------------------------------

  // Math.random of the engine would continue from the snapshot's state, the same in every run (sfc32).
  const state = new Uint32Array(4);
  const math = {
    random() {
      const sum = (state[0] + state[1] + state[3]++) | 0;
      state[0] = state[1] ^ (state[1] >>> 9);
      state[1] = state[2] + (state[2] << 3);
      state[2] = ((state[2] << 21) | (state[2] >>> 11)) + sum;
      return ((sum >>> 0) * 2 ** 21 + (state[1] >>> 11)) / 2 ** 53;
    },
  };
  Object.defineProperty(Math, "random", { value: math.random, writable: true, configurable: true, enumerable: false });

  const learnersGlobals = { ListNode, TreeNode, console: shownConsole, module: null };
  const namesOfLearnersGlobals = keysOf(learnersGlobals);
  for (const name of namesOfLearnersGlobals) globalThis[name] = learnersGlobals[name];
  const ownGlobals = new MapClass();
  for (const name of getOwnPropertyNames(globalThis)) mapSet(ownGlobals, name, true);
  const countOfOwnGlobals = getOwnPropertyNames(globalThis).length;

  function prepareGlobals() {
    for (let index = 0; index < namesOfLearnersGlobals.length; index++) {
      const name = namesOfLearnersGlobals[index];
      globalThis[name] = learnersGlobals[name];
    }
    globalThis.module = { exports: {} };
    // What a test left behind: assignments without a declaration make globals, which are listed last.
    const names = getOwnPropertyNames(globalThis);
    if (names.length === countOfOwnGlobals && mapHas(ownGlobals, names[names.length - 1])) return;
    for (let index = 0; index < names.length; index++) {
      if (!mapHas(ownGlobals, names[index])) deleteProperty(globalThis, names[index]);
    }
  }

  // ---- load and call ----------------------------------------------------------------------------------------

  let factory = null;
  let signature = null;

  // `makeNamespace` evaluates the learner's code in a scope of its own and returns what it calls by the name of
  // operation 0.
  function load(makeNamespace, description, ...seed) {
    deleteProperty(globalThis, "__bugdrill");
    factory = makeNamespace;
    signature = limits = parse(description);
    for (let index = 0; index < 4; index++) state[index] = seed[index];
    for (let index = 0; index < 12; index++) math.random();
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
      return missing(`Define a ${signature.class ? "class" : "function"} named \`${operations[0].name}\`.`);
    }
    left = limits.result_bytes;
    let receiver;
    let text = "";
    for (let index = 0; index < test.calls.length; index++) {
      const [position, given] = test.calls[index];
      const { name, parameters, returns } = operations[position];
      const values = [];
      for (let at = 0; at < given.length; at++) values[at] = decode(given[at], parameters[at], test.tagged);
      let result;
      if (position > 0) {
        if (typeof receiver[name] !== "function") {
          return missing(`Define a method named \`${name}\` in the class \`${operations[0].name}\`.`);
        }
        result = receiver[name](...values);
      } else if (signature.class) {
        receiver = new target(...values);
      } else {
        result = target(...values);
      }
      if (result instanceof PromiseClass) result = await result;
      let encoded = "null";
      if (test.observe !== null) encoded = encode(values[test.observe], parameters[test.observe], 0);
      else if (returns !== "void") encoded = encode(result, returns, 0);
      if (!test.sequence) text = encoded;
      else text += (index > 0 ? "," : "") + encoded;
    }
    return "R" + (test.sequence ? `[${text}]` : text);
  }

  return { load, call, describe };
});

// Results, to the wire form.

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

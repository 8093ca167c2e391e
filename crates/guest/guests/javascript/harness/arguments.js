// Arguments, from the wire form.

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

// Values as the console shows them.

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

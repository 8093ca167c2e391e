// What the console shows of an object besides its contents.

const INDEX = /^(0|[1-9][0-9]*)$/;

// The name of the function that made an object; null where it has no prototype. Where the function cannot be told, that
// of the prototype is, but `isInner` once at most.
function constructorOf(value, isInner = false) {
  for (let holder = value, hops = 0; holder !== null && hops < 1000; holder = getPrototypeOf(holder), hops++) {
    const made = own(holder, "constructor");
    if (typeof made !== "function") continue;
    const name = own(made, "name");
    if (typeof name === "string" && name !== "" && isMadeBy(value, made)) return name;
  }
  const prototype = getPrototypeOf(value);
  if (prototype === null) return null;
  const above = isInner ? "Complex prototype" : constructorOf(prototype, true) ?? inspectWith(prototype, -1, false);
  return (typeof value === "function" ? "Function" : "Object") + " <" + above + ">";
}

function isMadeBy(value, made) {
  const prototype = own(made, "prototype");
  for (let hops = 0; value !== null && hops < 1000; hops++) {
    value = getPrototypeOf(value);
    if (value === prototype) return value !== null;
  }
  return false;
}

function prefixOf(constructor, tag, fallback, size) {
  let prefix = constructor === null ? "[" + fallback + size + ": null prototype] " : constructor + size + " ";
  if (tag !== "" && tag !== (constructor ?? fallback)) prefix += "[" + tag + "] ";
  return prefix;
}

function tagOf(context, value) {
  let tag;
  try {
    tag = value[tagSymbol];
  } catch {
    // A getter that throws.
  }
  if (typeof tag !== "string") return "";
  const isShown = context.showsHidden ? hasOwn(value, tagSymbol) : isEnumerable(value, tagSymbol);
  return isShown ? "" : tag;
}

// The keys to show, without those of elements.
function keysToShow(context, value, hasElements) {
  // Listing the elements of a large array would take as much memory once more.
  const isTooLong = hasElements && value.length > 10000;
  const names = isTooLong ? newList() : context.showsHidden ? getOwnPropertyNames(value) : keysOf(value);
  const keys = newList();
  for (let index = 0; index < names.length; index++) {
    if (!hasElements || exec(INDEX, names[index]) === null) push(keys, names[index]);
  }
  const symbols = getOwnPropertySymbols(value);
  for (let index = 0; index < symbols.length; index++) {
    if (context.showsHidden || isEnumerable(value, symbols[index])) push(keys, symbols[index]);
  }
  return keys;
}

// What is shown of an object: `before` and `open` come first, then the parts that `addParts` makes, and properties.
function describeObject(context, value) {
  const constructor = constructorOf(value);
  const tag = tagOf(context, value);
  const kind = classOf(value);
  const shape = {
    __proto__: null, kind, constructor, tag, keys: null, before: "", open: "{", close: "}", addParts: null,
    isArray: false, isEmptyShown: true,
  };
  const prefix = (fallback, size = "") => prefixOf(constructor, tag, fallback, size);
  if (isArray(value)) {
    shape.isArray = true;
    shape.open = constructor === "Array" && tag === "" ? "[" : prefix("Array", "(" + value.length + ")") + "[";
    shape.close = "]";
    shape.addParts = addItems;
  } else if (isView(value) && kind !== CLASS.DataView) {
    shape.isArray = true;
    shape.open = prefix(typeOfView(value), "(" + lengthOfView(value) + ")") + "[";
    shape.close = "]";
    shape.addParts = addNumbers;
  } else if (kind === CLASS.Set) {
    shape.open = prefix("Set", "(" + sizeOfSet(value) + ")") + "{";
    shape.addParts = addMembers;
  } else if (kind === CLASS.Map) {
    shape.open = prefix("Map", "(" + sizeOfMap(value) + ")") + "{";
    shape.addParts = addPairs;
  }
  shape.keys = keysToShow(context, value, shape.isArray);
  if (shape.addParts !== null) return shape;
  shape.isEmptyShown = false;
  if (typeof value === "function") shape.before = describeFunction(value, constructor, tag, kind);
  else if (kind === CLASS.Arguments || kind === CLASS.SloppyArguments) shape.open = "[Arguments] {";
  else if (kind === CLASS.RegExp || kind === CLASS.Date) {
    const name = kind === CLASS.Date ? "Date" : "RegExp";
    shape.before = (constructor === name && tag === "" ? "" : prefix(name)) + describeBuiltIn(value, kind);
  } else if (kind === CLASS.Error || kind === CLASS.DOMException) shape.before = describeThrown(context, value, shape);
  else if (kind in BOXED) shape.before = describeBoxed(value, shape);
  else describeOther(value, shape, prefix);
  return shape;
}

function describeOther(value, shape, prefix) {
  const { kind } = shape;
  shape.isEmptyShown = true;
  if (kind === CLASS.Promise) {
    shape.open = prefix("Promise") + "{";
    shape.addParts = addState;
  } else if (kind === CLASS.WeakMap || kind === CLASS.WeakSet) {
    shape.open = prefix(kind === CLASS.WeakMap ? "WeakMap" : "WeakSet") + "{";
    shape.addParts = (context, value, depth, parts) => push(parts, "<items unknown>");
  } else if (kind === CLASS.ArrayBuffer || kind === CLASS.SharedArrayBuffer) {
    shape.open = prefix(kind === CLASS.ArrayBuffer ? "ArrayBuffer" : "SharedArrayBuffer") + "{";
    shape.addParts = addBytes;
  } else if (kind === CLASS.DataView) {
    shape.open = prefix("DataView") + "{";
    shape.addParts = addDataView;
  } else if (isParams(value)) {
    shape.open = prefix("URLSearchParams") + "{";
    shape.addParts = addParams;
  } else if (shape.constructor !== "Object" || shape.tag !== "") {
    shape.open = prefix("Object") + "{";
  }
}

function describeBuiltIn(value, kind) {
  if (kind === CLASS.RegExp) {
    try {
      return "/" + sourceOf(value) + "/" + flagsOf(value);
    } catch {
      // Learners replaced what the engine itself looks up.
      return "/" + sourceOf(value) + "/";
    }
  }
  return timeOf(value) !== timeOf(value) ? textOfDate(value) : isoTextOfDate(value);
}

function describeFunction(value, constructor, tag, kind) {
  const name = own(value, "name");
  const shown = typeof name === "string" ? name : "";
  const isNode = value === ListNode || value === TreeNode || value === GraphNode;
  if (isNode || slice(textOfFunction(value), 0, 5) === "class") {
    let text = "[class " + (shown || "(anonymous)");
    if (constructor !== "Function" && constructor !== null) text += " [" + constructor + "]";
    if (tag !== "" && tag !== constructor) text += " [" + tag + "]";
    if (constructor === null) return text + " extends [null prototype]]";
    const above = own(getPrototypeOf(value), "name");
    return text + (typeof above === "string" && above !== "" ? " extends " + above : "") + "]";
  }
  const type = FUNCTION_TYPES[kind] ?? "Function";
  let text = "[" + type + (constructor === null ? " (null prototype)" : "");
  text += (shown === "" ? " (anonymous)" : ": " + shown) + "]";
  if (constructor !== type && constructor !== null && constructor !== "Function") text += " " + constructor;
  return text + (tag !== "" && tag !== constructor ? " [" + tag + "]" : "");
}

function describeThrown(context, error, shape) {
  const text = (key, fallback) => {
    const value = valueOfProperty(error, key);
    return value === undefined ? fallback : Str(value);
  };
  let name = text("name", "Error");
  const message = text("message", "");
  const { constructor } = shape;
  // An error of a class of the learner's own, which kept the name that it inherits.
  const isInherited = !hasOwn(error, "name") && constructor !== null && constructor !== name;
  if (isInherited && indexOfText(name, "Error") >= 0 && shape.kind === CLASS.Error) {
    name = indexOfText(constructor, name) >= 0 ? constructor : constructor + " [" + name + "]";
  }
  const keys = newList();
  for (let index = 0; index < shape.keys.length; index++) {
    const key = shape.keys[index];
    if (key !== "name" && key !== "message" && key !== "stack") push(keys, key);
  }
  if (hasOwn(error, "cause") && !isEnumerable(error, "cause")) push(keys, "cause");
  if (hasOwn(error, "errors") && !isEnumerable(error, "errors")) push(keys, "errors");
  if (!context.showsHidden) shape.keys = keys;
  if (shape.kind === CLASS.DOMException) name = "DOMException [" + name + "]";
  const line = message === "" ? name : name + ": " + message;
  return join(splitText(line, "\n"), "\n" + repeat(" ", context.indentation));
}

// A property's value, also where it is a prototype's and has a getter.
function valueOfProperty(value, key) {
  try {
    return value[key];
  } catch {
    return undefined;
  }
}

function describeBoxed(value, shape) {
  const { name, valueOf } = BOXED[shape.kind];
  if (name === "String") {
    const keys = newList();
    for (let index = 0; index < shape.keys.length; index++) {
      const key = shape.keys[index];
      if (typeof key === "symbol" || exec(INDEX, key) === null) push(keys, key);
    }
    shape.keys = keys;
  }
  let text = "[" + name;
  if (shape.constructor === null) text += " (null prototype)";
  else if (shape.constructor !== name) text += " (" + shape.constructor + ")";
  text += ": " + showPrimitive({ __proto__: null, indentation: 0 }, valueOf(value)) + "]";
  return text + (shape.tag !== "" && shape.tag !== shape.constructor ? " [" + shape.tag + "]" : "");
}

// structuredClone. It does not recurse, so depth costs no stack: what is in a value comes before what is next to it,
// and what is not yet done is noted.

const ERRORS = { __proto__: null };
for (const kind of [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) ERRORS[kind.name] = kind;
const DOMExceptionClass = DOMException;
const makeObject = Object;
const arrayPrototype = Array.prototype;
const copyBuffer = method(ArrayBuffer.prototype, "slice");
const bufferOfView = getter(getPrototypeOf(Uint8Array.prototype), "buffer");
const offsetOfView = getter(getPrototypeOf(Uint8Array.prototype), "byteOffset");
const VIEWS = { __proto__: null };
for (const name of getOwnPropertyNames(root)) {
  if (getPrototypeOf(root[name] ?? 0) === getPrototypeOf(Uint8Array)) VIEWS[name] = root[name];
}
const addToSet = method(Set.prototype, "add");

function refuseToClone(what) {
  throw new DOMExceptionClass(what + " could not be cloned.", "DataCloneError");
}

// What stands for a value in the clone. An object is noted in `copies`, and in `unfilled` with what it contains.
function copyOf(value, copies, unfilled) {
  if (typeof value === "function") refuseToClone(textOfFunction(value));
  if (typeof value === "symbol") refuseToClone(describeSymbol(value));
  if (value === null || typeof value !== "object") return value;
  if (mapHas(copies, value)) return mapGet(copies, value);
  const copy = emptyCopyOf(value, copies, unfilled);
  mapSet(copies, value, copy);
  const items = contentsOf(value);
  if (items.length > 0) push(unfilled, { __proto__: null, value, copy, items, next: 0, key: undefined });
  else finish(copy);
  return copy;
}

function emptyCopyOf(value, copies, unfilled) {
  const kind = classOf(value);
  if (isArray(value) && kind === CLASS.Array) {
    // Without a prototype until all is in it, so that nothing there takes the place of an element.
    const copy = newList();
    copy.length = value.length;
    return copy;
  }
  switch (kind) {
    case CLASS.Map:
      return new MapClass();
    case CLASS.Set:
      return new SetClass();
    case CLASS.Date:
      return new DateClass(timeOf(value));
    case CLASS.RegExp:
      return new RegExpClass(sourceOf(value), flagsOf(value));
    case CLASS.ArrayBuffer:
      return copyBuffer(value, 0);
    case CLASS.Error:
      return copyOfError(value);
    case CLASS.DataView: {
      const buffer = copyOf(bufferOfDataView(value), copies, unfilled);
      return new DataViewClass(buffer, offsetOfDataView(value), lengthOfDataView(value));
    }
    default:
  }
  if (isView(value)) {
    const buffer = copyOf(bufferOfView(value), copies, unfilled);
    return new VIEWS[typeOfView(value)](buffer, offsetOfView(value), lengthOfView(value));
  }
  if (kind === CLASS.Symbol) refuseToClone("Object");
  if (kind in BOXED) return makeObject(BOXED[kind].valueOf(value));
  if (!isPlainKind(kind)) {
    const name = constructorOf(value) ?? "Object";
    const tag = name === "Object" ? value[tagSymbol] : undefined;
    refuseToClone(typeof tag === "string" ? "[object " + tag + "]" : "#<" + name + ">");
  }
  return {};
}

const PLAIN = classOf({});
const isPlainKind = (kind) => kind === PLAIN || kind === CLASS.Arguments || kind === CLASS.SloppyArguments;

function copyOfError(error) {
  const made = ERRORS[error.name] ?? ErrorClass;
  const copy = new made();
  for (const key of ["message", "stack"]) {
    const text = error[key];
    if (key === "stack" ? typeof text === "string" : text !== undefined && text !== "") publish(copy, key, Str(text));
  }
  return copy;
}

// Whether an array has nothing but elements, and all of them.
function isDense(list) {
  const { length } = list;
  if (countProperties(list) !== length + 1) return false;
  for (let index = 0; index < length; index++) if (!hasOwn(list, index)) return false;
  return true;
}

function finish(copy) {
  if (isArray(copy)) setPrototypeOf(copy, arrayPrototype);
}

// The keys of an object, the members of a set, or the keys and values of a map by turns. An array without holes that
// has nothing but elements stands for itself: keys would take more memory than it does.
function contentsOf(value) {
  const kind = classOf(value);
  if (kind === CLASS.Array && isDense(value)) return value;
  if (kind === CLASS.Array || isPlainKind(kind)) return keysOf(value);
  const items = newList();
  if (kind === CLASS.Set) forEachInSet(value, (member) => push(items, member));
  else if (kind === CLASS.Error) {
    if (hasOwn(value, "cause")) push(items, "cause");
  } else if (kind === CLASS.Map) {
    forEachInMap(value, (item, key) => {
      push(items, key);
      push(items, item);
    });
  }
  return items;
}

// Copies the next thing that is in an object.
function fillNext(unfinished, copies, unfilled) {
  const { value, copy, items } = unfinished;
  if (items === value) return fillArray(unfinished, copies, unfilled);
  const item = items[unfinished.next++];
  const kind = classOf(value);
  if (kind === CLASS.Set) addToSet(copy, copyOf(item, copies, unfilled));
  else if (kind === CLASS.Error) publish(copy, item, copyOf(value[item], copies, unfilled));
  else if (kind !== CLASS.Map) {
    // A getter may have deleted it.
    if (!hasOwn(value, item)) return;
    const property = { __proto__: null, value: copyOf(value[item], copies, unfilled) };
    property.writable = property.enumerable = property.configurable = true;
    defineProperty(copy, item, property);
  } else if (unfinished.next % 2 === 1) unfinished.key = copyOf(item, copies, unfilled);
  else mapSet(copy, unfinished.key, copyOf(item, copies, unfilled));
}

// The same for an array, up to the next object in it.
function fillArray(unfinished, copies, unfilled) {
  const { value, copy } = unfinished;
  while (unfinished.next < value.length) {
    const index = unfinished.next++;
    const item = value[index];
    copy[index] = copyOf(item, copies, unfilled);
    if (typeof item === "object") return;
  }
}

const cloning = {
  structuredClone(value, options) {
    if (arguments.length === 0) {
      throw withCode(new TypeErrorClass("The value argument must be specified"), "ERR_MISSING_ARGS");
    }
    if (options?.transfer?.length > 0) throw absent("structuredClone with the option `transfer`");
    const copies = new MapClass();
    const unfilled = newList();
    const copy = copyOf(value, copies, unfilled);
    while (unfilled.length > 0) {
      const innermost = unfilled[unfilled.length - 1];
      if (innermost.next < innermost.items.length) fillNext(innermost, copies, unfilled);
      else {
        finish(innermost.copy);
        unfilled.length--;
      }
    }
    return copy;
  },
};
publish(root, "structuredClone", cloning.structuredClone);

// structuredClone. It does not recurse: what it makes is filled later, so depth costs no stack.

const ERRORS = { __proto__: null };
for (const kind of [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) ERRORS[kind.name] = kind;
const DOMExceptionClass = DOMException;
const makeObject = Object;
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

// What stands for a value in the clone. An object is noted in `copies`, and in `unfilled` where it has contents.
function copyOf(value, copies, unfilled) {
  if (typeof value === "function") refuseToClone(textOfFunction(value));
  if (typeof value === "symbol") refuseToClone(describeSymbol(value));
  if (value === null || typeof value !== "object") return value;
  if (mapHas(copies, value)) return mapGet(copies, value);
  const copy = emptyCopyOf(value, copies, unfilled);
  mapSet(copies, value, copy);
  push(unfilled, value);
  return copy;
}

function emptyCopyOf(value, copies, unfilled) {
  const kind = classOf(value);
  if (isArray(value) && kind === CLASS.Array) {
    const copy = [];
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

function fill(copy, value, copies, unfilled) {
  const kind = classOf(value);
  if (kind === CLASS.Map) {
    forEachInMap(value, (item, key) => mapSet(copy, copyOf(key, copies, unfilled), copyOf(item, copies, unfilled)));
  } else if (kind === CLASS.Set) {
    forEachInSet(value, (member) => addToSet(copy, copyOf(member, copies, unfilled)));
  } else if (kind === CLASS.Array || isPlainKind(kind)) {
    const keys = keysOf(value);
    for (let index = 0; index < keys.length; index++) {
      // A getter may have deleted it.
      if (!hasOwn(value, keys[index])) continue;
      const item = copyOf(value[keys[index]], copies, unfilled);
      const property = { __proto__: null, value: item, writable: true, enumerable: true, configurable: true };
      defineProperty(copy, keys[index], property);
    }
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
    for (let index = 0; index < unfilled.length; index++) {
      fill(mapGet(copies, unfilled[index]), unfilled[index], copies, unfilled);
      unfilled[index] = null;
    }
    return copy;
  },
};
publish(root, "structuredClone", cloning.structuredClone);

// The JavaScript guest: runs the learner's code on tests and tells what happened.
//
// The files of this folder are one function's body, joined in the order that `engine/javascript.rs` lists; this one
// comes first. The function is evaluated once, when the snapshot is taken. It gets `write` (for output, 1, errors, 2,
// and the steps of a trace, 3), `drawRandom`, `countProperties`, `wait`, `classOf` and `contentOf` from guest.c, and
// returns what that calls for the host. In a fresh instance the host calls `load` once, then `call` once a test. An
// answer is one letter and a text, as in the Python guest (see harness.py, which also describes the arguments; what is
// false or null is left out of a test here):
//
//     R<json>  the result      E<json>, C<json>  an error report      O  the result is too large
//
// An error report of this guest is {"type", "message", "stack"}; the host picks the learner's frames from the stack.
//
// Learners can replace whatever they can reach: prototypes, globals, `JSON.stringify`. What decides the answer is
// therefore bound here, before their code runs. What runs later keeps away from what the language itself looks up in
// prototypes: an array's iterator (`for of`, spreading, `[a, b] =`), the setters of new elements, and the `concat` by
// which QuickJS evaluates template literals. The host believes nothing of it all the same.

const method = (holder, name) => Function.prototype.call.bind(holder[name]);
const getter = (holder, name) =>
  Function.prototype.call.bind(Object.getOwnPropertyDescriptor(holder, name).get);
const root = globalThis;

const { parse, stringify } = JSON;
const { isArray } = Array;
const { isView } = ArrayBuffer;
const { getOwnPropertyDescriptor, getOwnPropertyNames, getOwnPropertySymbols } = Object;
const { getPrototypeOf, hasOwn, setPrototypeOf } = Object;
const keysOf = Object.keys;
const { apply, construct, defineProperty, deleteProperty } = Reflect;
const [Big, Str, NumberClass, PromiseClass, ErrorClass] = [BigInt, String, Number, Promise, Error];
const [TypeErrorClass, RangeErrorClass] = [TypeError, RangeError];
const [MapClass, SetClass, DateClass, RegExpClass, DataViewClass] = [Map, Set, Date, RegExp, DataView];
// Nobody can make other objects instances of these.
const hasInstance = { value: Function.prototype[Symbol.hasInstance] };
for (const kind of [PromiseClass, ErrorClass, MapClass, SetClass, DateClass, RegExpClass, DataViewClass]) {
  defineProperty(kind, Symbol.hasInstance, hasInstance);
}
const [iteratorSymbol, primitiveSymbol, tagSymbol] = [Symbol.iterator, Symbol.toPrimitive, Symbol.toStringTag];
const forEachInMap = method(Map.prototype, "forEach");
const forEachInSet = method(Set.prototype, "forEach");
const mapHas = method(Map.prototype, "has");
const mapGet = method(Map.prototype, "get");
const mapSet = method(Map.prototype, "set");
const mapDelete = method(Map.prototype, "delete");
const toWellFormed = method(String.prototype, "toWellFormed");
const slice = method(String.prototype, "slice");
const indexOfText = method(String.prototype, "indexOf");
const codeAt = method(String.prototype, "charCodeAt");
const codePointAt = method(String.prototype, "codePointAt");
const repeat = method(String.prototype, "repeat");
const isEnumerable = method(Object.prototype, "propertyIsEnumerable");
const textOfFunction = method(Function.prototype, "toString");
const exec = method(RegExp.prototype, "exec");
const join = method(Array.prototype, "join");
const sortArray = method(Array.prototype, "sort");
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
// Makes what learners see of a function or class of this folder: its name, its length, and that it is no part of
// `for in`.
const publish = (holder, name, value) =>
  defineProperty(holder, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
const quote = (text) => stringify(toWellFormed(text));
// The host refuses longer integers.
const LARGEST = 10n ** 10000n;

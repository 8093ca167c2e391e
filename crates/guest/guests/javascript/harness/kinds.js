// What kinds of objects there are, whatever learners make of their prototypes.

// Every object has a class of the engine's own, which nothing can change.
const CLASS = {
  __proto__: null,
  Array: classOf([]),
  Map: classOf(new Map()),
  Set: classOf(new Set()),
  Date: classOf(new Date(0)),
  RegExp: classOf(/x/),
  Error: classOf(new Error()),
  Promise: classOf(Promise.resolve()),
  Proxy: classOf(new Proxy({}, {})),
  ArrayBuffer: classOf(new ArrayBuffer(0)),
  SharedArrayBuffer: classOf(new SharedArrayBuffer(0)),
  DataView: classOf(new DataView(new ArrayBuffer(0))),
  WeakMap: classOf(new WeakMap()),
  WeakSet: classOf(new WeakSet()),
  Number: classOf(Object(0)),
  String: classOf(Object("")),
  Boolean: classOf(Object(false)),
  BigInt: classOf(Object(0n)),
  Symbol: classOf(Object(Symbol())),
  DOMException: classOf(new DOMException()),
  Arguments: classOf((function () { return arguments; })()),
  SloppyArguments: classOf(new Function("return arguments")()),
  GeneratorFunction: classOf(function* () {}),
  AsyncFunction: classOf(async () => {}),
  AsyncGeneratorFunction: classOf(async function* () {}),
};
const BOXED = { __proto__: null };
for (const name of ["Number", "String", "Boolean", "BigInt", "Symbol"]) {
  BOXED[CLASS[name]] = { name, valueOf: method(root[name].prototype, "valueOf") };
}
const FUNCTION_TYPES = { __proto__: null };
for (const name of ["GeneratorFunction", "AsyncFunction", "AsyncGeneratorFunction"]) FUNCTION_TYPES[CLASS[name]] = name;

const timeOf = method(Date.prototype, "getTime");
const [textOfDate, isoTextOfDate] = [method(Date.prototype, "toString"), method(Date.prototype, "toISOString")];
const [sourceOf, flagsOf] = [getter(RegExp.prototype, "source"), getter(RegExp.prototype, "flags")];
const bytesInBuffer = getter(ArrayBuffer.prototype, "byteLength");
const bytesInSharedBuffer = getter(SharedArrayBuffer.prototype, "byteLength");
const lengthOfDataView = getter(DataView.prototype, "byteLength");
const offsetOfDataView = getter(DataView.prototype, "byteOffset");
const bufferOfDataView = getter(DataView.prototype, "buffer");
const typeOfView = getter(getPrototypeOf(Uint8Array.prototype), tagSymbol);
const Bytes = Uint8Array;

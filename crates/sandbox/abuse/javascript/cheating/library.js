// @SAYS@ Replaces what the library is made of.
// @EXPECTED@ wrong_answer
Object.prototype.get = Object.prototype.done = undefined;
Array.prototype[Symbol.iterator] = function* () {};
Map.prototype.get = Map.prototype.set = Map.prototype.has = () => 9;
RegExp.prototype.exec = String.prototype.slice = String.prototype.split = () => null;
Object.defineProperty(Array.prototype, 0, { __proto__: null, set() { throw 1; }, configurable: true });

async function solve(value) {
  structuredClone = setTimeout = (call) => call(6);
  console.log("%s", [value]);
  console.table(value);
  await null;
  return 9;
}

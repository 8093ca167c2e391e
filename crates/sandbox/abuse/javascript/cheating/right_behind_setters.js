// @SAYS@ Gives the right answer, while it breaks what the harness could use.
// @EXPECTED@ accepted
const sum = (numbers) => {
  let total = 0;
  for (let index = 0; index < numbers.length; index++) total += numbers[index];
  return total;
};
for (let index = 0; index < 10; index++) {
  const setter = { __proto__: null, set() { throw 1; }, get() { throw 1; }, configurable: true };
  Object.defineProperty(Array.prototype, index, setter);
}
Object.prototype.get = Object.prototype.value = 1;
const holders = [Array, Map, Set, String, Function, Promise, Object, RegExp, Error];
for (let at = 0; at < holders.length; at++) {
  const names = Object.getOwnPropertyNames(holders[at].prototype);
  for (let index = 0; index < names.length; index++) {
    try {
      if (names[index] !== "constructor") holders[at].prototype[names[index]] = null;
    } catch {}
  }
}

function solve(value) {
  return sum(value);
}

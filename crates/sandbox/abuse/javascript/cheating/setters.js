// @SAYS@ Catches what the harness puts into arrays and objects.
// @EXPECTED@ wrong_answer
for (let index = 0; index < 10; index++) {
  Object.defineProperty(Array.prototype, index, { set() {}, get: () => 6, configurable: true });
}
for (const name of ["val", "next", "message", "length", "value"]) {
  Object.defineProperty(Object.prototype, name, { set() {}, get: () => 6, configurable: true });
}

function solve(value) {
  return new Map([["wrong", new Set([7])]]);
}

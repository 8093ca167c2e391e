// @SAYS@ Freezes the global object.
// @EXPECTED@ accepted
Object.freeze(globalThis);

function solve(value) {
  return value.reduce((sum, number) => sum + number, 0);
}

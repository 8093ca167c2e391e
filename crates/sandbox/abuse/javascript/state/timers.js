// @SAYS@ Leaves timers behind that change the next test.
// @EXPECTED@ accepted
function solve(value) {
  const total = value.reduce((sum, number) => sum + number, 0);
  setTimeout(() => { value.length = 0; throw new Error("later"); }, 1);
  setImmediate(() => { Promise.prototype.then = null; });
  for (let left = 0; left < 500; left++) setTimeout(() => { globalThis.total = 0; }, left);
  return globalThis.total === 0 ? "found" : total;
}

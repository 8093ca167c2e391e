// @SAYS@ Leaves jobs behind that change the next test.
// @EXPECTED@ accepted
function solve(value) {
  const total = value.reduce((sum, number) => sum + number, 0);
  Promise.resolve().then(() => Promise.reject(new Error("late")));
  queueMicrotask(() => { value.length = 0; throw new Error("later"); });
  new Promise((resolve) => (globalThis.resolve = resolve)).then(() => { throw 1; });
  return total;
}

// @SAYS@ Counts its calls in a global.
// @EXPECTED@ accepted
let calls = 0;
var total = (globalThis.total ?? 0) + 1;
undeclared = (globalThis.undeclared ?? 0) + 1;
globalThis.left = (globalThis.left ?? 0) + 1;
module.exports.left = (module.exports.left ?? 0) + 1;

function solve(value) {
  solve.count = (solve.count ?? 0) + 1;
  const counts = [++calls, total, undeclared, globalThis.left, module.exports.left, solve.count];
  return counts.every((count) => count === 1) ? value.reduce((sum, number) => sum + number, 0) : counts;
}

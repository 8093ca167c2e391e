// @SAYS@ Symbols, functions and what cannot be compared.
// @EXPECTED@ runtime_error
function solve(value) {
  return [Symbol("a"), solve, class {}, new WeakMap()];
}

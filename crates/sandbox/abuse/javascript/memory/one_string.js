// @SAYS@ One huge string.
// @EXPECTED@ memory_limit | runtime_error
function solve(value) {
  return "x".repeat(2 ** 29).length;
}

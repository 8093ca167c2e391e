// @SAYS@ A single call of a builtin that takes for ever.
// @EXPECTED@ time_limit | memory_limit
function solve(value) {
  return new Array(2 ** 32 - 2).indexOf(1);
}

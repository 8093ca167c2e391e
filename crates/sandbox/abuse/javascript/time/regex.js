// @SAYS@ A regular expression that backtracks for ever.
// @EXPECTED@ time_limit
function solve(value) {
  return /^(a|a)*$/.test("a".repeat(64) + "b");
}

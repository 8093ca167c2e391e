// @SAYS@ An integer that takes for ever to write.
// @EXPECTED@ output_limit
function solve(value) {
  return 1n << 1_000_000n;
}

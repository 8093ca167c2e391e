// @SAYS@ Writes to standard error for ever.
// @EXPECTED@ output_limit
function solve(value) {
  for (;;) console.error("x".repeat(1000));
}

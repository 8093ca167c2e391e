// @SAYS@ Prints for ever.
// @EXPECTED@ output_limit
function solve(value) {
  for (;;) console.log("x".repeat(1000));
}

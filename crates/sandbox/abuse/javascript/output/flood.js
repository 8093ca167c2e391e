// @SAYS@ Prints for ever.
// @EXPECTED@ output_limit
// @LIMITS@ {"test_cpu_ms": 1000}
function solve(value) {
  for (;;) console.log("x".repeat(1000));
}

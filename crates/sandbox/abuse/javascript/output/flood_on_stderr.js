// @SAYS@ Writes to standard error for ever.
// @EXPECTED@ output_limit
// @LIMITS@ {"test_cpu_ms": 1000}
function solve(value) {
  for (;;) console.error("x".repeat(1000));
}

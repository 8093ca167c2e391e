// @SAYS@ Prints a line of 10 million characters.
// @EXPECTED@ output_limit
// @LIMITS@ {"test_cpu_ms": 2000}
function solve(value) {
  console.log("x".repeat(10_000_000));
  return value.reduce((sum, number) => sum + number, 0);
}

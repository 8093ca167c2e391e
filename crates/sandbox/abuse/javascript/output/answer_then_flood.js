// @SAYS@ Gives the right answer, and floods afterwards.
// @EXPECTED@ output_limit
// @LIMITS@ {"test_cpu_ms": 1000}
function solve(value) {
  queueMicrotask(() => {
    for (;;) console.log("x".repeat(1000));
  });
  return value.reduce((sum, number) => sum + number, 0);
}

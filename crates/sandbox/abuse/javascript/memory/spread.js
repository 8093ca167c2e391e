// @SAYS@ Passes ten million arguments.
// @EXPECTED@ runtime_error | memory_limit
// @LIMITS@ {"test_cpu_ms": 2000}
function solve(value) {
  return Math.max(...new Uint8Array(1e7));
}

// @SAYS@ An array that grows.
// @EXPECTED@ memory_limit
// @LIMITS@ {"memory_bytes": 50331648, "test_cpu_ms": 2000}
function solve(value) {
  const kept = [];
  for (;;) kept.push(new Uint8Array(100_000));
}

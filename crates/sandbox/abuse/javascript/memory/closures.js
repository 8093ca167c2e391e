// @SAYS@ Functions that keep each other alive.
// @EXPECTED@ memory_limit
// @LIMITS@ {"memory_bytes": 50331648, "test_cpu_ms": 2000}
function solve(value) {
  let kept = () => 0;
  for (;;) {
    const before = kept;
    kept = () => before;
  }
}

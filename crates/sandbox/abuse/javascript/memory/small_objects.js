// @SAYS@ Many small objects.
// @EXPECTED@ memory_limit
// @LIMITS@ {"memory_bytes": 50331648, "test_cpu_ms": 2000}
function solve(value) {
  let kept = null;
  for (;;) kept = { kept };
}

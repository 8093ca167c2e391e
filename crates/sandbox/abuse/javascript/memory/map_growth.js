// @SAYS@ A map that grows.
// @EXPECTED@ memory_limit
// @LIMITS@ {"memory_bytes": 50331648, "test_cpu_ms": 2000}
function solve(value) {
  const kept = new Map();
  for (let key = 0; ; key++) kept.set(key, key);
}

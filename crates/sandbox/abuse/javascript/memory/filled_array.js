// @SAYS@ An array of four billion items.
// @EXPECTED@ memory_limit | time_limit
// @LIMITS@ {"memory_bytes": 50331648, "test_cpu_ms": 2000}
function solve(value) {
  return new Array(2 ** 32 - 1).fill(1).length;
}

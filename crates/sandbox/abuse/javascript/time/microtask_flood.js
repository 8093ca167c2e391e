// @SAYS@ More and more promises in each turn.
// @EXPECTED@ time_limit | memory_limit
// @LIMITS@ {"memory_bytes": 50331648, "test_cpu_ms": 200}
async function solve(value) {
  const again = () => (queueMicrotask(again), queueMicrotask(again));
  again();
}

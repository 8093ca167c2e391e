// @SAYS@ An array nested 100,000 levels deep.
// @EXPECTED@ runtime_error
// @LIMITS@ {"test_cpu_ms": 1000}
function solve(value) {
  for (let depth = 0; depth < 100_000; depth++) value = [value];
  return value;
}

// @SAYS@ Frees a structure that is 300,000 levels deep.
// @EXPECTED@ accepted
// @LIMITS@ {"test_cpu_ms": 1000}
function solve(value) {
  let nested = [];
  for (let depth = 0; depth < 300_000; depth++) nested = [nested];
  nested = null;
  return value.reduce((sum, number) => sum + number, 0);
}

// @SAYS@ Returns a small structure with a huge wire form.
// @EXPECTED@ output_limit
// @LIMITS@ {"test_cpu_ms": 2000}
function solve(value) {
  let nested = [1];
  for (let depth = 0; depth < 60; depth++) nested = [nested, nested];
  return nested;
}

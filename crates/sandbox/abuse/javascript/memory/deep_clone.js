// @SAYS@ Clones something very deep.
// @EXPECTED@ accepted
// @LIMITS@ {"test_cpu_ms": 2000}
function solve(value) {
  let list = null;
  for (let depth = 0; depth < 20000; depth++) list = { list };
  let count = 0;
  for (let copy = structuredClone(list); copy !== null; copy = copy.list) count++;
  return count === 20000 ? value.reduce((sum, number) => sum + number, 0) : count;
}

// @SAYS@ Looks for what other runs left in memory.
// @EXPECTED@ accepted
// @LIMITS@ {"test_cpu_ms": 2000}
function solve(value) {
  // Put together, so that it does not find itself.
  const mark = [108, 101, 102, 116, 33, 98, 101, 104];
  const found = [];
  for (let count = 0; count < 10; count++) {
    const bytes = new Uint8Array(100_000);
    if (bytes.some((byte) => byte !== 0)) found.push(count);
  }
  globalThis.kept = Array.from({ length: 100 }, () => Uint8Array.from({ length: 8000 }, (_, index) => mark[index % 8]));
  return found.length ? "found" : value.reduce((sum, number) => sum + number, 0);
}

// @SAYS@ Leaves so much behind that the next test has no room.
// @EXPECTED@ accepted
// @LIMITS@ {"test_cpu_ms": 2000}
Array.left = (Array.left ?? []).concat([new Uint8Array(60_000_000)]);

function solve(value) {
  return value.reduce((sum, number) => sum + number, 0);
}

// @SAYS@ Measures time with shared memory.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    new SharedArrayBuffer(1024) && Atomics.add(new Int32Array(new SharedArrayBuffer(8)), 0, 1);
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "measured";
}

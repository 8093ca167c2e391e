// @SAYS@ Waits for shared memory to change.
// @EXPECTED@ time_limit | runtime_error
function solve(value) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0);
  return "waited";
}

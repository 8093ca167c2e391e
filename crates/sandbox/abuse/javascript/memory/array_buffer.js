// @SAYS@ One huge buffer.
// @EXPECTED@ memory_limit | runtime_error
function solve(value) {
  return new ArrayBuffer(2 ** 31 - 1).byteLength;
}

// @SAYS@ Passes ten million arguments.
// @EXPECTED@ runtime_error | memory_limit
function solve(value) {
  return Math.max(...new Uint8Array(1e7));
}

// @SAYS@ Returns a promise that is never settled.
// @EXPECTED@ runtime_error
function solve(value) {
  return new Promise(() => {});
}

// @SAYS@ A promise that is rejected with nothing.
// @EXPECTED@ runtime_error
function solve(value) {
  return Promise.reject();
}

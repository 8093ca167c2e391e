// @SAYS@ Would give the answer later.
// @EXPECTED@ runtime_error
function solve(value) {
  return new Promise((resolve) => setTimeout(resolve, 1e9, 6));
}

// @SAYS@ Would give the answer later.
// @EXPECTED@ time_limit
function solve(value) {
  return new Promise((resolve) => setTimeout(resolve, 1e9, 6));
}

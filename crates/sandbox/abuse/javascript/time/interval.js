// @SAYS@ Waits for an interval that never ends.
// @EXPECTED@ time_limit
function solve(value) {
  return new Promise(() => setInterval(() => {}, 0));
}

// @SAYS@ Waits until a clock strikes.
// @EXPECTED@ time_limit
function solve(value) {
  const end = Date.now() + 1e9;
  while (Date.now() < end);
}

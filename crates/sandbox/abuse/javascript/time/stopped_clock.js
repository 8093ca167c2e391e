// @SAYS@ Stops the clock, then waits for it.
// @EXPECTED@ time_limit
Date.now = () => 0;

function solve(value) {
  while (Date.now() < 1);
}

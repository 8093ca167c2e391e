// @SAYS@ Loops for ever.
// @EXPECTED@ time_limit
function solve(value) {
  for (;;);
}

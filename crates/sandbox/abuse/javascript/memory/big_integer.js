// @SAYS@ An integer that doubles its length.
// @EXPECTED@ memory_limit | runtime_error | time_limit
function solve(value) {
  let number = 3n;
  for (;;) number *= number;
}

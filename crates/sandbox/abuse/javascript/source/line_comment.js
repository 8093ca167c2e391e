// @SAYS@ Ends in a comment without the end of its line.
// @EXPECTED@ accepted
function solve(value) {
  return value.reduce((sum, number) => sum + number, 0);
}
// the end
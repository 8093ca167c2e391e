// @SAYS@ Answers, and leaves an interval that never ends.
// @EXPECTED@ accepted
function solve(value) {
  setInterval(() => console.log("still here"), 1);
  return value.reduce((sum, number) => sum + number, 0);
}

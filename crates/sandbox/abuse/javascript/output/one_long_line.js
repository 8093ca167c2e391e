// @SAYS@ Prints a line of 100,000 characters, then the right answer.
// @EXPECTED@ accepted
function solve(value) {
  console.log("x".repeat(100_000));
  return value.reduce((sum, number) => sum + number, 0);
}

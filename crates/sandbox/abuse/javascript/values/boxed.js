// @SAYS@ The right answer in a box.
// @EXPECTED@ wrong_answer
function solve(value) {
  return new Number(value.reduce((sum, number) => sum + number, 0));
}

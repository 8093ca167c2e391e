// @SAYS@ Changes its input in place of giving an answer.
// @EXPECTED@ wrong_answer
function solve(value) {
  value.splice(0, 9, 6);
}

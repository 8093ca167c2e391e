// @SAYS@ Characters that make code look like other code.
// @EXPECTED@ compile_error
function solve(value) {
  return‮ value.reduce((sum, number) => sum + number, 0);​
}

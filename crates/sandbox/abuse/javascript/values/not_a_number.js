// @SAYS@ Numbers that equal nothing.
// @EXPECTED@ wrong_answer
function solve(value) {
  return [NaN, Infinity, -Infinity, -0, 5e-324, 1.7976931348623157e308];
}

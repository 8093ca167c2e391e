// @SAYS@ Replaces how the engine itself puts texts together.
// @EXPECTED@ wrong_answer
String.prototype.concat = () => "R6";

function solve(value) {
  return { wrong: [10n ** 30n, NaN, new Set([7])] };
}

// @SAYS@ Describes its result as another one.
// @EXPECTED@ wrong_answer
Object.prototype.toJSON = Number.prototype.toJSON = Array.prototype.toJSON = String.prototype.toJSON = () => 6;
Object.prototype.valueOf = Number.prototype.valueOf = () => 6;
Object.prototype.toString = Number.prototype.toString = Array.prototype.toString = () => "6";

function solve(value) {
  return [{ wrong: 7 }, 7];
}

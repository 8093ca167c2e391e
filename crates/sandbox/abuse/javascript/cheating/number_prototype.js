// @SAYS@ Changes what numbers are.
// @EXPECTED@ wrong_answer
Number.prototype.toString = Number.prototype.toJSON = Number.prototype[Symbol.toPrimitive] = () => "6";
Number.isSafeInteger = Number.isInteger = () => true;

function solve(value) {
  return Object.assign(7, {}) + 0 === 6 ? 7 : 7;
}

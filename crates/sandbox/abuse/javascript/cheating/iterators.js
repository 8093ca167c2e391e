// @SAYS@ Replaces how arrays are walked through.
// @EXPECTED@ accepted
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
Array.prototype[Symbol.iterator] = function* () {};
Object.getPrototypeOf(function* () {}).prototype.next = null;

function solve(value) {
  return sum(value);
}

// @SAYS@ Objects that describe themselves wrongly.
// @EXPECTED@ wrong_answer
class Six {
  wrong = 7;
  toJSON() { return 6; }
  valueOf() { return 6; }
  toString() { return "6"; }
  [Symbol.toPrimitive]() { return 6; }
}

function solve(value) {
  return new Six();
}

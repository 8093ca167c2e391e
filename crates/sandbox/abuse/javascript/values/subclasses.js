// @SAYS@ Subclasses of everything, whose methods lie.
// @EXPECTED@ wrong_answer
class Items extends Array {
  get length() { return 1; }
  [Symbol.iterator]() { return [6][Symbol.iterator](); }
}
class Names extends Map {
  forEach() {}
  get size() { return 0; }
  *entries() { yield ["a", 6]; }
}

function solve(value) {
  return [Items.of(7, 8), new Names([["b", 7]])];
}

// @SAYS@ A property with the name of the prototype.
// @EXPECTED@ wrong_answer
function solve(value) {
  return JSON.parse('{"__proto__": {"a": 1}, "constructor": 6}');
}

// @SAYS@ An object with the prototype of a map.
// @EXPECTED@ runtime_error
function solve(value) {
  return Object.create(Map.prototype);
}

// @SAYS@ An object that contains itself.
// @EXPECTED@ runtime_error
function solve(value) {
  value.push({ value, map: new Map([[1, value]]) });
  return value;
}

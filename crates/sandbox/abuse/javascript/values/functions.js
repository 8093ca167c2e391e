// @SAYS@ An object with functions, which have no wire form.
// @EXPECTED@ runtime_error
function solve(value) {
  return { toJSON: () => 6 };
}

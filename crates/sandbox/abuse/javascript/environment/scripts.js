// @SAYS@ Tells where it is.
// @EXPECTED@ wrong_answer | runtime_error
function solve(value) {
  return [scriptArgs, __filename];
}

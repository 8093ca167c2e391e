// @SAYS@ Returns all variables of the environment.
// @EXPECTED@ runtime_error
function solve(value) {
  return process.env;
}

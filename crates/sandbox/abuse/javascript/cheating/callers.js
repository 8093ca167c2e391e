// @SAYS@ Looks for the expected answer at its callers.
// @EXPECTED@ wrong_answer | runtime_error
function solve(value) {
  return [solve.caller, solve.arguments, arguments.callee.caller];
}

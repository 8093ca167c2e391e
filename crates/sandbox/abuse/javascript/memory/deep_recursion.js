// @SAYS@ Recurses for ever.
// @EXPECTED@ runtime_error
function solve(value) {
  return solve(value) + 1;
}

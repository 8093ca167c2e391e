// @SAYS@ Returns more than a result may have.
// @EXPECTED@ output_limit
function solve(value) {
  return "x".repeat(5_000_000);
}

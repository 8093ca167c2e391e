// @SAYS@ An integer of 20,000 digits.
// @EXPECTED@ output_limit
function solve(value) {
  return 10n ** 20_000n;
}

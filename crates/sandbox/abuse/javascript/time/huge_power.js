// @SAYS@ A single operation that takes for ever.
// @EXPECTED@ time_limit | runtime_error
function solve(value) {
  return 7n ** 3_000_000n % 10n;
}

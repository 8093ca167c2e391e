// @SAYS@ An integer of 9,900 digits, which is allowed.
// @EXPECTED@ wrong_answer
function solve(value) {
  return 10n ** 9_900n;
}

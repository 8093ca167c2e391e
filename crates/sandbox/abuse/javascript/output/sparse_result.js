// @SAYS@ Returns an array that claims to have four billion items.
// @EXPECTED@ output_limit
function solve(value) {
  const answer = [6];
  answer.length = 2 ** 32 - 1;
  return answer;
}

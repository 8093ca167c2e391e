// @SAYS@ A promise of a promise of a promise of nothing right.
// @EXPECTED@ wrong_answer
async function solve(value) {
  return (async () => (async () => "wrong")())();
}

// @SAYS@ A getter that gives something else each time.
// @EXPECTED@ wrong_answer
function solve(value) {
  let count = 0;
  return {
    get a() {
      return count++ ? 6 : { get b() { return [count++]; } };
    },
  };
}

// @SAYS@ Returns what looks like a promise and never calls back.
// @EXPECTED@ time_limit
async function solve(value) {
  return {
    then() {
      for (;;);
    },
  };
}

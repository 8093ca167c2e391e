// @SAYS@ Returns an object whose getter never ends.
// @EXPECTED@ time_limit
function solve(value) {
  return {
    get a() {
      for (;;);
    },
  };
}

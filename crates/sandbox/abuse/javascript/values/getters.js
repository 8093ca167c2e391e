// @SAYS@ Getters that throw.
// @EXPECTED@ runtime_error
function solve(value) {
  return {
    get a() {
      throw new TypeError("no");
    },
  };
}

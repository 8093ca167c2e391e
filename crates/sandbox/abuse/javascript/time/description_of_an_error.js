// @SAYS@ Throws what takes for ever to describe.
// @EXPECTED@ time_limit
function solve(value) {
  throw {
    get name() {
      for (;;);
    },
    toString() {
      for (;;);
    },
  };
}

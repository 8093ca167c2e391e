// @SAYS@ Throws what takes for ever to describe.
// @EXPECTED@ time_limit
function solve(value) {
  throw new (class extends Error {
    get name() {
      for (;;);
    }
    get message() {
      for (;;);
    }
  })();
}

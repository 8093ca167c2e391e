// @SAYS@ Returns an iterator that never ends and never gives anything.
// @EXPECTED@ time_limit
function solve(value) {
  return {
    [Symbol.iterator]() {
      return { next: () => { for (;;); } };
    },
  };
}

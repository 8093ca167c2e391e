// @SAYS@ Promises that make promises for ever.
// @EXPECTED@ time_limit
function solve(value) {
  (function again() {
    Promise.resolve().then(again);
  })();
  return value;
}

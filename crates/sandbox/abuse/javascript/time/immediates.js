// @SAYS@ Always has something to do immediately.
// @EXPECTED@ time_limit
function solve(value) {
  return new Promise((resolve) => {
    const again = () => setImmediate(again);
    setTimeout(resolve, 5, 6);
    again();
  });
}

// @SAYS@ A comparison that never ends.
// @EXPECTED@ time_limit
function solve(value) {
  return value.sort(() => {
    for (;;);
  });
}

// @SAYS@ Catches every exception in a loop, and begins again in the end.
// @EXPECTED@ time_limit
function solve(value) {
  for (;;) {
    try {
      for (;;);
    } catch {
    } finally {
      solve(value);
    }
  }
}

// @SAYS@ Sets a million timers.
// @EXPECTED@ memory_limit | time_limit
function solve(value) {
  return new Promise(() => {
    for (let count = 0; count < 1e6; count++) setTimeout(() => {}, count);
  });
}

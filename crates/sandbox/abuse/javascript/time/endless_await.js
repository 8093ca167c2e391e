// @SAYS@ Awaits in a loop.
// @EXPECTED@ time_limit
async function solve(value) {
  for (;;) await null;
}

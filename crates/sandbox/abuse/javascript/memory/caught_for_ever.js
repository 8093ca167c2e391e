// @SAYS@ Asks for memory for ever, whatever the answer.
// @EXPECTED@ time_limit | memory_limit
// @LIMITS@ {"memory_bytes": 50331648}
function solve(value) {
  const kept = [];
  for (;;) {
    try {
      kept.push(new Uint8Array(1e6));
    } catch {}
  }
}

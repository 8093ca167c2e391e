// @SAYS@ Many small objects.
// @EXPECTED@ memory_limit
// @LIMITS@ {"memory_bytes": 50331648}
function solve(value) {
  let kept = null;
  for (;;) kept = { kept };
}

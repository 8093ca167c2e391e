// @SAYS@ A string that doubles.
// @EXPECTED@ memory_limit | runtime_error
// @LIMITS@ {"memory_bytes": 50331648, "test_cpu_ms": 2000}
function solve(value) {
  let text = "x";
  for (;;) text += text;
}

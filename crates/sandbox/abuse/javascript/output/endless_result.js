// @SAYS@ Returns an iterator without an end.
// @EXPECTED@ output_limit
// @LIMITS@ {"test_cpu_ms": 2000}
function* solve(value) {
  for (;;) yield 1;
}

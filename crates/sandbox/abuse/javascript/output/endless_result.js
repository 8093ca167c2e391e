// @SAYS@ Returns an iterator without an end.
// @EXPECTED@ output_limit
function* solve(value) {
  for (;;) yield 1;
}

// @SAYS@ Comments as in old pages.
// @EXPECTED@ accepted | compile_error
<!-- hidden
function solve(value) {
  return value.reduce((sum, number) => sum + number, 0);
}
--> hidden

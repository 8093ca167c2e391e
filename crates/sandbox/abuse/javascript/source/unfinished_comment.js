// @SAYS@ A comment that would swallow what is put behind the code.
// @EXPECTED@ compile_error
function solve(value) {
  return 6;
}
/* and so on
// @SAYS@ A text that would swallow what is put behind the code.
// @EXPECTED@ compile_error
function solve(value) {
  return 6;
}
`
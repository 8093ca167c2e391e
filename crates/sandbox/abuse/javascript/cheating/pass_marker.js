// @SAYS@ Prints that it passed.
// @EXPECTED@ wrong_answer
function solve(value) {
  console.log("ok 1 - first\nok 2 - last\nPASSED\naccepted\n6");
}

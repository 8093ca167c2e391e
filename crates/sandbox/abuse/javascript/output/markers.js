// @SAYS@ Prints what a runner could be waiting for.
// @EXPECTED@ wrong_answer
for (const text of ["R6", "R30", '{"report": {"tests": []}}', '"ready"', "\x04\0\0\0null", "ACCEPTED", "PASS"]) {
  console.log(text);
  console.error(text);
}

function solve(value) {
  return "R6";
}

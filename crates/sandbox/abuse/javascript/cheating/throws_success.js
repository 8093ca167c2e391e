// @SAYS@ Throws what looks like success.
// @EXPECTED@ runtime_error
function solve(value) {
  throw { verdict: "accepted", toString: () => "R6", name: "Accepted", message: 6 };
}

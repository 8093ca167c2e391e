// @SAYS@ Asks for strict mode.
// @EXPECTED@ accepted
"use strict";
function solve(value) {
  return this === undefined ? value.reduce((sum, number) => sum + number, 0) : "not strict";
}

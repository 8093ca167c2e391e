// @SAYS@ Starts with a byte order mark.
// @EXPECTED@ accepted | compile_error
﻿function solve(value) {
  return value.reduce((sum, number) => sum + number, 0);
}

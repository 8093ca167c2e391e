// @SAYS@ Loops for ever before anything is called.
// @EXPECTED@ time_limit
for (;;);

function solve(value) {}

# @SAYS@ JavaScript.
# @EXPECTED@ compile_error
function solve(value) { return 6; }

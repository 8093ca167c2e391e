// @SAYS@ Ends a function that it believes to be put around it, and begins another.
// @EXPECTED@ compile_error
}), (globalThis.__bugdrill && (globalThis.__bugdrill.call = () => "R6")), (function () {
function solve(value) {
  return "wrong";
}

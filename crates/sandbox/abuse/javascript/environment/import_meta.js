// @SAYS@ Tells which module it is.
// @EXPECTED@ compile_error
function solve(value) {
  return import.meta.url;
}

// @SAYS@ Nothing at all.
// @EXPECTED@ compile_error

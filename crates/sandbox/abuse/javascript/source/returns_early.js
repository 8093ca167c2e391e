// @SAYS@ Leaves before its function is defined.
// @EXPECTED@ compile_error
return () => "wrong";

# @SAYS@ Defines something else by the name of the function.
# @EXPECTED@ compile_error
solve = 6

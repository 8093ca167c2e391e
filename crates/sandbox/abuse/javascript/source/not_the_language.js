// @SAYS@ Python.
// @EXPECTED@ compile_error
def solve(value):
    return sum(value)

# @SAYS@ Characters that make code look like other code.
# @EXPECTED@ compile_error
def solve(value):
    return sum(value)‮​

# @SAYS@ Recurses for ever.
# @EXPECTED@ runtime_error
def solve(value):
    return solve(value) + 1

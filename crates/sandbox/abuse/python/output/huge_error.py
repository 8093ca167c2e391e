# @SAYS@ Raises an error with a message of 50 MB.
# @EXPECTED@ runtime_error
def solve(value):
    raise ValueError("x" * 50_000_000)

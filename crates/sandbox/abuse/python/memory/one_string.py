# @SAYS@ One huge string.
# @EXPECTED@ memory_limit
def solve(value):
    return len("x" * 10**9)

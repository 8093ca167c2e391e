# @SAYS@ A single operation that takes for ever.
# @EXPECTED@ time_limit | memory_limit
def solve(value):
    return 7 ** (7**12) % 10

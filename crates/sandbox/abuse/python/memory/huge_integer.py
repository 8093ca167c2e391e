# @SAYS@ An integer as large as the memory.
# @EXPECTED@ memory_limit
def solve(value):
    return 1 << (10**9 * 4)

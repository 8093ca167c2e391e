# @SAYS@ Recurses for ever, after it lifted the limit.
# @EXPECTED@ runtime_error | memory_limit
import sys

sys.setrecursionlimit(2**31 - 1)


def solve(value):
    return solve(value) + 1

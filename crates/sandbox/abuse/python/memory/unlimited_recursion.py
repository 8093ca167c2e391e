# @SAYS@ Recurses for ever, after it lifted the limit.
# @EXPECTED@ runtime_error | memory_limit
# @LIMITS@ {"test_cpu_ms": 2000}
import sys

sys.setrecursionlimit(2**31 - 1)


def solve(value):
    return solve(value) + 1

# @SAYS@ Leaves so much behind that the next test has no room.
# @EXPECTED@ accepted
# @LIMITS@ {"test_cpu_ms": 2000}
import sys


def solve(value):
    sys.left = getattr(sys, "left", []) + [bytearray(60_000_000)]
    return sum(value)

# @SAYS@ Writes to standard error for ever.
# @EXPECTED@ output_limit
# @LIMITS@ {"test_cpu_ms": 1000}
import sys


def solve(value):
    while True:
        print("x" * 1000, file=sys.stderr)

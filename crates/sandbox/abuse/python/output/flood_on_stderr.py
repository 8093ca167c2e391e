# @SAYS@ Writes to standard error for ever.
# @EXPECTED@ output_limit
import sys


def solve(value):
    while True:
        print("x" * 1000, file=sys.stderr)

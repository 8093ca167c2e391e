# @SAYS@ Ends the program before it can be judged.
# @EXPECTED@ runtime_error
import sys


def solve(value):
    return 0


sys.exit(0)

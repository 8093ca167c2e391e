# @SAYS@ An integer that takes for ever to write.
# @EXPECTED@ output_limit
import sys

sys.set_int_max_str_digits(0)


def solve(value):
    return 1 << 100_000_000

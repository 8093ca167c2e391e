# @SAYS@ An integer of 20,000 digits, after it lifted the limit.
# @EXPECTED@ output_limit
import sys

sys.set_int_max_str_digits(0)


def solve(value):
    return 10**20_000

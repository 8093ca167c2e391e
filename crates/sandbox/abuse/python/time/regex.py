# @SAYS@ A regular expression that backtracks for ever.
# @EXPECTED@ time_limit
import re


def solve(value):
    return re.match(r"(a|a)*$", "a" * 64 + "b")

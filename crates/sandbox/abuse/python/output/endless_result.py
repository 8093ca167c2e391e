# @SAYS@ Returns an iterator without an end.
# @EXPECTED@ output_limit
import itertools


def solve(value):
    return itertools.count()

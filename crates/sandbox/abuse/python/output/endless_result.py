# @SAYS@ Returns an iterator without an end.
# @EXPECTED@ output_limit
# @LIMITS@ {"test_cpu_ms": 2000}
import itertools


def solve(value):
    return itertools.count()

# @SAYS@ Lowers the limit of recursion for those who come after.
# @EXPECTED@ accepted
import sys


def solve(value):
    found = sys.getrecursionlimit() < 1000
    sys.setrecursionlimit(80)
    return "found" if found else sum(value)

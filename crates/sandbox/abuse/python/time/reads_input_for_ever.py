# @SAYS@ Reads its input until there is something in it.
# @EXPECTED@ time_limit
import sys


def solve(value):
    while not sys.stdin.read():
        pass

# @SAYS@ Puts its own object in place of the output.
# @EXPECTED@ accepted
import sys


class Evil:
    closed = False
    encoding = None

    def __getattr__(self, name):
        raise SystemExit(0)


def solve(value):
    sys.stdout = sys.stderr = sys.__stdout__ = Evil()
    return sum(value)

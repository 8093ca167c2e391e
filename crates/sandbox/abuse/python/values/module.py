# @SAYS@ Returns a module, a frame and itself.
# @EXPECTED@ runtime_error
import sys


def solve(value):
    return [sys, sys._getframe(), solve]

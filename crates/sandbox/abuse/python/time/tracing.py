# @SAYS@ A trace function that calls itself.
# @EXPECTED@ time_limit
import sys


def solve(value):
    def trace(frame, event, argument):
        while True:
            pass

    sys.settrace(trace)
    return sum(len([]) for _ in value)

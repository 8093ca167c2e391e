# @SAYS@ Waits for an event that nobody sets.
# @EXPECTED@ time_limit | runtime_error
import threading


def solve(value):
    threading.Event().wait()
    return sum(value)

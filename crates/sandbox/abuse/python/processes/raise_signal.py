# @SAYS@ Kills itself with a signal.
# @EXPECTED@ runtime_error
import signal


def solve(value):
    signal.raise_signal(signal.SIGABRT)
    return sum(value)

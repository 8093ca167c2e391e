# @SAYS@ Kills every process that it may.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os, signal
        os.kill(-1, signal.SIGTERM)
    except REFUSALS:
        return sum(value)
    return "killed"

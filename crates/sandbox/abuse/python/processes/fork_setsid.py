# @SAYS@ Forks a child into a session of its own, which outlives the run.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os
        if os.fork() == 0:
            os.setsid()
            while True:
                pass
    except REFUSALS:
        return sum(value)
    return "forked"

# @SAYS@ Forks for ever.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os
        while True:
            os.fork()
    except REFUSALS:
        return sum(value)
    return "forked"

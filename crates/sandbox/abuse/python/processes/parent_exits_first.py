# @SAYS@ The parent leaves at once; its child would answer later.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os
        if os.fork():
            os._exit(0)
    except REFUSALS:
        return sum(value)
    return "forked"

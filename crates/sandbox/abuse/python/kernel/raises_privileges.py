# @SAYS@ Becomes another user.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os
        os.setuid(0)
        os.setgroups([0])
        os.nice(-20)
    except REFUSALS:
        return sum(value)
    return "raised"

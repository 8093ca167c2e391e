# @SAYS@ Leaves its namespaces.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os
        os.unshare(0x10000000)
        os.setns(0, 0)
    except REFUSALS:
        return sum(value)
    return "left"

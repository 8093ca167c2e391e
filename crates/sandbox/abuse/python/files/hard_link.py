# @SAYS@ Makes a second name for a file of the host.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os
        os.link("/etc/shadow", "shadow")
    except REFUSALS:
        return sum(value)
    return "linked"

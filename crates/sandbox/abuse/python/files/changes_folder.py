# @SAYS@ Goes elsewhere.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os
        os.chdir("/etc")
        os.chroot("/")
    except REFUSALS:
        return sum(value)
    return "went"

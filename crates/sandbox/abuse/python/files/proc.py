# @SAYS@ Reads about processes.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os
        for name in ("/proc/self/environ", "/proc/self/maps", "/proc/1/cmdline", "/proc/self/mem"):
            open(name, "rb").read(1)
    except REFUSALS:
        return sum(value)
    return "read"

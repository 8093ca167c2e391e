# @SAYS@ Starts a program without forking.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os
        os.posix_spawn("/bin/sh", ["sh", "-c", "id"], {})
    except REFUSALS:
        return sum(value)
    return "spawned"

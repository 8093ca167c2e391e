# @SAYS@ Replaces the interpreter by a shell.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os
        os.execv("/bin/sh", ["sh", "-c", "echo 6"])
    except REFUSALS:
        return sum(value)
    return "replaced"

# @SAYS@ Runs a command in a shell.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os
        if os.system("id") != 0:
            raise OSError
    except REFUSALS:
        return sum(value)
    return "ran"

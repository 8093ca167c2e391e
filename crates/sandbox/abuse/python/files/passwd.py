# @SAYS@ Reads the list of users.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        open("/etc/passwd").read()
    except REFUSALS:
        return sum(value)
    return "read"

# @SAYS@ Climbs out of its folder.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        open("/tmp/../../../../../../etc/passwd").read()
    except REFUSALS:
        return sum(value)
    return "read"

# @SAYS@ Lifts its limits.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (-1, -1))
    except REFUSALS:
        return sum(value)
    return "lifted"

# @SAYS@ Calls the C library.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import ctypes
        ctypes.CDLL(None).getpid()
    except REFUSALS:
        return sum(value)
    return "called"

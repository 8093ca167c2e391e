# @SAYS@ Makes itself root of a namespace of its own.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import ctypes
        ctypes.CDLL(None).syscall(272, 0, 0, 0, 0)
    except REFUSALS:
        return sum(value)
    return "called"

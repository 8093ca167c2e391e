# @SAYS@ Makes system calls through a ring.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import ctypes
        ctypes.CDLL(None).syscall(425, 0, 0, 0, 0)
    except REFUSALS:
        return sum(value)
    return "called"

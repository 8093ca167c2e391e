# @SAYS@ Loads a program into the kernel.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import ctypes
        ctypes.CDLL(None).syscall(321, 0, 0, 0, 0)
    except REFUSALS:
        return sum(value)
    return "called"

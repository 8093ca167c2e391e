# @SAYS@ Maps memory that can be executed.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import mmap
        mmap.mmap(-1, 4096, prot=7)
    except REFUSALS:
        return sum(value)
    return "mapped"

# @SAYS@ Claims to be out of memory.
# @EXPECTED@ memory_limit | runtime_error
def solve(value):
    raise MemoryError

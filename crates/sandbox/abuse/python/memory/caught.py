# @SAYS@ Goes on without the memory that it was denied.
# @EXPECTED@ accepted
def solve(value):
    for _ in range(20):
        try:
            bytearray(10**9)
        except MemoryError:
            pass
    return sum(value)

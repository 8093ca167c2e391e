# @SAYS@ Looks for what other runs left in memory.
# @EXPECTED@ accepted
# @LIMITS@ {"test_cpu_ms": 1000}
def solve(value):
    # Put together, so that it does not find itself.
    mark = b"".join([b"left ", b"behind ", b"by another ", b"run"])
    found = any(mark in bytearray(1_000_000) for _ in range(10))
    global kept
    kept = [bytearray(mark * 1000) for _ in range(100)]
    return "found" if found else sum(value)

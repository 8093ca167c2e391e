# @SAYS@ A list that grows.
# @EXPECTED@ memory_limit
# @LIMITS@ {"memory_bytes": 50331648, "test_cpu_ms": 2000}
def solve(value):
    kept = []
    while True:
        kept.append(bytes(100_000))

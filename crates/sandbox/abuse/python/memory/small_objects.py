# @SAYS@ Many small objects.
# @EXPECTED@ memory_limit
# @LIMITS@ {"memory_bytes": 50331648, "test_cpu_ms": 2000}
def solve(value):
    kept = None
    while True:
        kept = (kept, 1.5, [])

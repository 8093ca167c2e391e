# @SAYS@ A dictionary that grows.
# @EXPECTED@ memory_limit
# @LIMITS@ {"memory_bytes": 50331648, "test_cpu_ms": 2000}
def solve(value):
    kept, key = {}, 0
    while True:
        kept[key] = key = key + 1

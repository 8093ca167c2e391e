# @SAYS@ A list that grows.
# @EXPECTED@ memory_limit
# @LIMITS@ {"memory_bytes": 50331648}
def solve(value):
    kept = []
    while True:
        kept.append(bytes(100_000))

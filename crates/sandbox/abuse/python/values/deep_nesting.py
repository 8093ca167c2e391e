# @SAYS@ A list nested 100,000 levels deep.
# @EXPECTED@ runtime_error
# @LIMITS@ {"test_cpu_ms": 1000}
def solve(value):
    for _ in range(100_000):
        value = [value]
    return value

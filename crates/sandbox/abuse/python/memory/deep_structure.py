# @SAYS@ Frees a structure that is 150,000 levels deep.
# @EXPECTED@ accepted
# @LIMITS@ {"test_cpu_ms": 2000}
def solve(value):
    nested = []
    for _ in range(150_000):
        nested = [nested]
    del nested
    return sum(value)

# @SAYS@ Returns a small structure with a huge wire form.
# @EXPECTED@ output_limit
# @LIMITS@ {"test_cpu_ms": 2000}
def solve(value):
    nested = [1]
    for _ in range(60):
        nested = [nested, nested]
    return nested

# @SAYS@ A chain of exceptions without an end.
# @EXPECTED@ memory_limit | time_limit
# @LIMITS@ {"memory_bytes": 50331648, "test_cpu_ms": 1000}
def solve(value):
    error = None
    while True:
        try:
            raise ValueError(error) from error
        except ValueError as caught:
            error = caught

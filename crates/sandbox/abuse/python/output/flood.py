# @SAYS@ Prints for ever.
# @EXPECTED@ output_limit
# @LIMITS@ {"test_cpu_ms": 1000}
def solve(value):
    while True:
        print("x" * 1000)

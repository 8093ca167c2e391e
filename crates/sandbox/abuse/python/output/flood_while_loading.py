# @SAYS@ Prints for ever before anything is called.
# @EXPECTED@ output_limit
# @LIMITS@ {"test_cpu_ms": 1000}
while True:
    print("x" * 1000)

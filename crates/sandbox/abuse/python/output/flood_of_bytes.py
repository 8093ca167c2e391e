# @SAYS@ Writes to the file below the stream, for ever.
# @EXPECTED@ output_limit
# @LIMITS@ {"test_cpu_ms": 1000}
import os


def solve(value):
    while True:
        os.write(1, b"x" * 10_000)

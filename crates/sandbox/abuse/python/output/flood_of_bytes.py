# @SAYS@ Writes to the file below the stream, for ever.
# @EXPECTED@ output_limit
import os


def solve(value):
    while True:
        os.write(1, b"x" * 10_000)

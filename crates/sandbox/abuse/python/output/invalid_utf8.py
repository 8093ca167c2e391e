# @SAYS@ Prints bytes that are no text.
# @EXPECTED@ accepted
import os
import sys


def solve(value):
    os.write(1, bytes(range(256)) * 10)
    sys.stdout.buffer.write(b"\xff\xfe\xed\xa0\x80")
    return sum(value)

# @SAYS@ Closes the files below the streams, and throws the streams away.
# @EXPECTED@ accepted
import os
import sys


def solve(value):
    for file in (0, 1, 2):
        try:
            os.close(file)
        except OSError:
            pass
    sys.stdout = sys.stderr = sys.stdin = None
    return sum(value)

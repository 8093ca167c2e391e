# @SAYS@ Tells which files it was started with.
# @EXPECTED@ accepted
import os


def solve(value):
    opened = []
    for file in range(256):
        try:
            os.fstat(file)
        except OSError:
            continue
        opened.append(file)
    return sum(value) if set(opened) <= {0, 1, 2} else opened

# @SAYS@ Reads and writes every file that could be open.
# @EXPECTED@ accepted
import os


def solve(value):
    for file in range(3, 1024):
        try:
            os.fstat(file)
            return f"{file} is open"
        except OSError:
            pass
        try:
            os.write(file, b"x")
            return f"{file} can be written"
        except OSError:
            pass
    return sum(value)

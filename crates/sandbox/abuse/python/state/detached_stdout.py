# @SAYS@ Takes the stream of output apart.
# @EXPECTED@ accepted
import sys


def solve(value):
    print("before")
    sys.stdout.detach()
    sys.stderr.buffer.close()
    return sum(value)

# @SAYS@ Asks the host for a billion random bytes.
# @EXPECTED@ memory_limit
import os


def solve(value):
    return len(os.urandom(10**9))

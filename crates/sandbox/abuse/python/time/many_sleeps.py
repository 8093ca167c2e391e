# @SAYS@ Sleeps for a moment, for ever.
# @EXPECTED@ time_limit
import time


def solve(value):
    while True:
        time.sleep(0.000_1)

# @SAYS@ Sleeps for a day, which takes no CPU time.
# @EXPECTED@ time_limit
import time


def solve(value):
    time.sleep(86_400)
    return sum(value)

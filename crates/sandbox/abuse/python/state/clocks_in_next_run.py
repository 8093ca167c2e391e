# @SAYS@ Stops the clocks, and looks for that in the next run.
# @EXPECTED@ accepted
import datetime
import time

found = time.time() < 1_700_000_000 or time.monotonic() == 0


def solve(value):
    if value == [1, 2, 3] and found:
        return "found"
    if value == [10, 20]:
        time.time = time.monotonic = time.perf_counter = lambda: 0
        time.sleep(0.05)
        datetime.datetime = None
    return sum(value)

# @SAYS@ Makes every clock stand still, then loops.
# @EXPECTED@ time_limit
import time

for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time", "sleep"):
    setattr(time, name, lambda *_: 0)


def solve(value):
    while True:
        time.sleep(1)

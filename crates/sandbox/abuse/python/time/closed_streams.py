# @SAYS@ Closes all streams and idles.
# @EXPECTED@ time_limit
import os
import time


def solve(value):
    for file in range(64):
        try:
            os.close(file)
        except OSError:
            pass
    while True:
        time.sleep(1)

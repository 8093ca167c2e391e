# @SAYS@ Takes a lock twice.
# @EXPECTED@ time_limit | runtime_error
import threading


def solve(value):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
    return sum(value)

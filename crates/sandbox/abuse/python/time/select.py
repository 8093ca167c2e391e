# @SAYS@ Waits without sleeping.
# @EXPECTED@ time_limit
import select


def solve(value):
    select.select([], [], [], 86_400)
    return sum(value)

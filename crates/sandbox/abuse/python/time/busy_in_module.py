# @SAYS@ Loops for ever before anything is called.
# @EXPECTED@ time_limit
while True:
    pass


def solve(value):
    return sum(value)

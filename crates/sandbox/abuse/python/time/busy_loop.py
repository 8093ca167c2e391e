# @SAYS@ Loops for ever.
# @EXPECTED@ time_limit
def solve(value):
    while True:
        pass

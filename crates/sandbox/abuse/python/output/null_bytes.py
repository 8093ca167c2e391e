# @SAYS@ Prints zero bytes.
# @EXPECTED@ accepted
def solve(value):
    print("\0" * 1000)
    return sum(value)

# @SAYS@ A format that pads to a billion characters.
# @EXPECTED@ memory_limit
def solve(value):
    return len(f"{1:>999999999}")

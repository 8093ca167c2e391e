# @SAYS@ An expression that the compiler could evaluate to a huge value.
# @EXPECTED@ accepted
def unused():
    return "x" * 10**9, 10 ** 10**9, (0,) * 10**9, 1 << 10**10


def solve(value):
    return sum(value)

# @SAYS@ A single call of a builtin that takes for ever.
# @EXPECTED@ time_limit
def solve(value):
    return sum(range(10**15))

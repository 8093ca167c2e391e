# @SAYS@ A list nested 100,000 levels deep.
# @EXPECTED@ runtime_error
def solve(value):
    for _ in range(100_000):
        value = [value]
    return value

# @SAYS@ A list that contains itself.
# @EXPECTED@ runtime_error
def solve(value):
    value.append(value)
    return value

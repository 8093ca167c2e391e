# @SAYS@ Waits for input that never comes.
# @EXPECTED@ runtime_error
def solve(value):
    return int(input())

# @SAYS@ Prints a line of 100,000 characters, then the right answer.
# @EXPECTED@ accepted
def solve(value):
    print("x" * 100_000)
    return sum(value)

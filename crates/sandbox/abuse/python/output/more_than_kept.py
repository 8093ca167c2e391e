# @SAYS@ Prints more than is kept, then gives the right answer.
# @EXPECTED@ accepted
def solve(value):
    for _ in range(1_000):
        print("x" * 200)
    return sum(value)

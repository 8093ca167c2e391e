# @SAYS@ Prints for ever.
# @EXPECTED@ output_limit
def solve(value):
    while True:
        print("x" * 1000)

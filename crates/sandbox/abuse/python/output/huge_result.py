# @SAYS@ Returns more than a result may have.
# @EXPECTED@ output_limit
def solve(value):
    return "x" * 5_000_000

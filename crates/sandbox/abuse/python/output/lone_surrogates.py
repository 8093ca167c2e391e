# @SAYS@ Prints halves of characters.
# @EXPECTED@ accepted
def solve(value):
    print("\ud800", "\udfff")
    return sum(value)

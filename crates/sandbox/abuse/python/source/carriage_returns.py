# @SAYS@ Lines that end in every way there is.
# @EXPECTED@ accepted
x = 1
y = 2z = 3

def solve(value):    return sum(value)

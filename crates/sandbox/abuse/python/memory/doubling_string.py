# @SAYS@ A string that doubles.
# @EXPECTED@ memory_limit
def solve(value):
    text = "x"
    while True:
        text += text

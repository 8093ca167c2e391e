# @SAYS@ Learns the hidden input from the errors of the visible one.
# @EXPECTED@ wrong_answer
def solve(value):
    return 6 if value == [1, 2, 3] else -1

# @SAYS@ Numbers that equal nothing.
# @EXPECTED@ wrong_answer
def solve(value):
    return [float("nan"), float("inf"), -float("inf"), -0.0]

# @SAYS@ Changes its input in place of giving an answer.
# @EXPECTED@ wrong_answer
def solve(value):
    value[:] = [6]

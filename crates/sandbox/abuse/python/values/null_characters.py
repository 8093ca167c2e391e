# @SAYS@ Zero characters in texts and names.
# @EXPECTED@ wrong_answer
def solve(value):
    return {"\0": "a\0b"}

# @SAYS@ An integer of 9,900 digits, which is allowed.
# @EXPECTED@ wrong_answer
def solve(value):
    return 10**9_900 // 7

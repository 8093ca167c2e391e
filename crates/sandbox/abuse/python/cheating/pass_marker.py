# @SAYS@ Prints that it passed.
# @EXPECTED@ wrong_answer
def solve(value):
    print("ok 1 - first\nok 2 - last\nPASSED\naccepted\n6")
    return None

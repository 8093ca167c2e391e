# @SAYS@ A list that claims to have a billion items.
# @EXPECTED@ wrong_answer
class Long(list):
    __len__ = lambda self: 10**9
    __getitem__ = lambda self, index: 6


def solve(value):
    return Long([1])

# @SAYS@ Makes the comparison raise.
# @EXPECTED@ wrong_answer
class Angry(list):
    def __eq__(self, other):
        raise AssertionError("passed")

    __iter__ = __len__ = __getitem__ = __eq__


def solve(value):
    return Angry([6])

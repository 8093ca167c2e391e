# @SAYS@ Returns an object that equals everything.
# @EXPECTED@ wrong_answer
class Equal(int):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __lt__ = __gt__ = __ne__
    __le__ = __ge__ = __eq__

    def __hash__(self):
        return 0


def solve(value):
    return Equal(-1)

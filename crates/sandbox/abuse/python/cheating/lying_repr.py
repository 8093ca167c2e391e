# @SAYS@ Returns an object whose texts lie.
# @EXPECTED@ wrong_answer
class Six(int):
    def __repr__(self):
        return "6"

    __str__ = __format__ = lambda self, *_: "6"

    def __int__(self):
        return 6

    __index__ = __trunc__ = __round__ = __int__


def solve(value):
    return Six(7)

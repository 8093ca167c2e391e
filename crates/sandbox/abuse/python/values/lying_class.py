# @SAYS@ An object that claims to be an integer.
# @EXPECTED@ runtime_error
class Liar:
    __class__ = int
    __int__ = __index__ = lambda self: 6


def solve(value):
    return Liar()

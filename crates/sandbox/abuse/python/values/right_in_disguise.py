# @SAYS@ The right answer as a subclass whose methods lie.
# @EXPECTED@ accepted
class Number(int):
    __int__ = __index__ = __trunc__ = lambda self: 7
    __repr__ = __str__ = lambda self: "7"
    __eq__ = __lt__ = __le__ = lambda self, other: False
    __hash__ = lambda self: 7
    __neg__ = __sub__ = lambda self, *other: 7


def solve(value):
    return Number(sum(value))

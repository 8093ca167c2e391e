# @SAYS@ Subclasses of everything, whose methods lie.
# @EXPECTED@ wrong_answer
class Text(str):
    __str__ = __repr__ = lambda self: "6"
    encode = lambda self, *_: b"6"
    isascii = lambda self: False


class Number(float):
    __float__ = lambda self: 6.0
    __repr__ = lambda self: "6"
    __sub__ = lambda self, other: 0


class Items(list):
    __iter__ = lambda self: iter([6])
    __len__ = lambda self: 1


class Names(dict):
    items = lambda self: [("a", 6)]
    __iter__ = lambda self: iter("a")


def solve(value):
    return [Text("x"), Number(7.5), Items([7]), Names(b=7)]

# @SAYS@ A dictionary with the same name twice.
# @EXPECTED@ wrong_answer
class Name(str):
    __hash__ = object.__hash__
    __eq__ = lambda self, other: self is other


def solve(value):
    return {Name("a"): 1, Name("a"): 2, "a": 3}

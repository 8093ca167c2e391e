# @SAYS@ Replaces builtins in one test, and looks for that in the next.
# @EXPECTED@ accepted
import builtins

found = hasattr(builtins, "left") or sorted([2, 1]) != [1, 2]
builtins.left = True
builtins.sorted = lambda *_: []


def solve(value):
    return "found" if found else sum(value)

# @SAYS@ Tells the places that the interpreter was built from.
# @EXPECTED@ wrong_answer
import sys


def solve(value):
    return [str(getattr(module, "__file__", None)) for module in list(sys.modules.values())]

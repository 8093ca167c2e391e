# @SAYS@ Leaves modules behind, its own among them.
# @EXPECTED@ accepted
import sys
import types

found = [name for name in ("solution_of_before", "left") if name in sys.modules]
known = getattr(sys.modules.get("solution"), "mark", None)
mark = True
sys.modules["left"] = sys.modules["solution_of_before"] = types.ModuleType("left")


def solve(value):
    return [found, known] if found or known else sum(value)

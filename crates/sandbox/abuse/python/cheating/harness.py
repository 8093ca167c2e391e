# @SAYS@ Takes over the harness, and answers in its place.
# @EXPECTED@ wrong_answer
import sys

for module in list(sys.modules.values()):
    guest = getattr(module, "Guest", None)
    if guest is not None:
        guest.run = lambda *_: "R6"


def solve(value):
    return 6

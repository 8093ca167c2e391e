# @SAYS@ Looks for the expected answer in the frames of its callers.
# @EXPECTED@ wrong_answer
import sys


def solve(value):
    frame = sys._getframe().f_back
    while frame:
        for place in (frame.f_locals, frame.f_globals):
            for name, found in list(place.items()):
                if name in ("expected", "answer", "answers", "expectations", "right"):
                    return found
                if isinstance(found, dict) and "expected" in found:
                    return found["expected"]
        frame = frame.f_back
    return "not found"

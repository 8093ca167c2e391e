# @SAYS@ Looks for the expected answer in all objects.
# @EXPECTED@ wrong_answer
import gc


def solve(value):
    for found in gc.get_objects():
        if type(found) is dict and "expected" in found:
            return found["expected"]
    return "not found"

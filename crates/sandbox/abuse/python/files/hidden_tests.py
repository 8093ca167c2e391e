# @SAYS@ Reads the tests of the exercise.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        for name in ("tests.json", "../tests.json", "/content/tests.json", "solution.py", "harness.py", "/0/harness.py"):
            try:
                open(name).read()
                break
            except FileNotFoundError:
                pass
        else:
            raise OSError
    except REFUSALS:
        return sum(value)
    return "read"

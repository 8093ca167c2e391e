# @SAYS@ Recurses in the interpreter, not in its own code.
# @EXPECTED@ runtime_error
# @LIMITS@ {"test_cpu_ms": 2000}
class Loop:
    def __repr__(self):
        return repr([self])

    def __getattr__(self, name):
        return getattr(self, name)


def solve(value):
    try:
        return Loop().missing
    except RecursionError:
        return repr(Loop())

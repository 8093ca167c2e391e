# @SAYS@ An iterator that raises.
# @EXPECTED@ runtime_error
def solve(value):
    yield 1
    raise GeneratorExit

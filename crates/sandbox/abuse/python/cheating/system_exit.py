# @SAYS@ Raises what ends an interpreter.
# @EXPECTED@ runtime_error
def solve(value):
    raise SystemExit(0)

# @SAYS@ Runs bytecode that breaks the interpreter.
# @EXPECTED@ runtime_error
def solve(value):
    code = solve.__code__.replace(co_code=bytes([100, 255] * 50), co_consts=(), co_stacksize=1)
    return type(solve)(code, {})(value)

# @SAYS@ Spends its time in the compiler.
# @EXPECTED@ time_limit
def solve(value):
    while True:
        compile("x = [" + "1," * 20_000 + "]", "x", "exec")

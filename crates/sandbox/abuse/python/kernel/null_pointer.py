# @SAYS@ Makes the interpreter follow a null pointer.
# @EXPECTED@ runtime_error
import faulthandler


def solve(value):
    faulthandler._sigsegv()
    return sum(value)

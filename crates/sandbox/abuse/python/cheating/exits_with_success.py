# @SAYS@ Ends the program with success.
# @EXPECTED@ runtime_error
import os


def solve(value):
    os._exit(0)

# @SAYS@ Raises an error that takes for ever to describe.
# @EXPECTED@ time_limit
class Endless(Exception):
    def __str__(self):
        while True:
            pass


def solve(value):
    raise Endless

# @SAYS@ Raises an error that looks like success.
# @EXPECTED@ runtime_error
class Accepted(BaseException):
    pass


Accepted.__name__ = Accepted.__qualname__ = "accepted"


def solve(value):
    raise Accepted(6)

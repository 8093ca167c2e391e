# @SAYS@ Claims to be iterable and is not.
# @EXPECTED@ runtime_error
class Broken:
    def __iter__(self):
        return 6


def solve(value):
    return Broken()

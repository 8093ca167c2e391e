# @SAYS@ Leaves a destructor behind that never ends.
# @EXPECTED@ time_limit
class Trap:
    def __del__(self):
        while True:
            pass


def solve(value):
    Trap()
    return sum(value)

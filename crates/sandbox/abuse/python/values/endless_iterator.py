# @SAYS@ An iterator that never ends and never gives anything.
# @EXPECTED@ time_limit
class Endless:
    def __iter__(self):
        return self

    def __next__(self):
        while True:
            pass


def solve(value):
    return Endless()

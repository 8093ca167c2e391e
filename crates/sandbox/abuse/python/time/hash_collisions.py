# @SAYS@ A dictionary whose keys all collide.
# @EXPECTED@ time_limit
class Key:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        return self is other


def solve(value):
    return len({Key() for _ in range(1_000_000)})

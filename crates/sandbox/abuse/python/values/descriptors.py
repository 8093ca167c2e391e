# @SAYS@ A node whose attributes raise.
# @EXPECTED@ runtime_error
class Node(ListNode):
    @property
    def next(self):
        raise KeyError("no")

    @next.setter
    def next(self, node):
        pass


def solve(value):
    return Node(6)

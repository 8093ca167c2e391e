# @SAYS@ A list of nodes that makes itself longer when it is read.
# @EXPECTED@ runtime_error
# @LIMITS@ {"test_cpu_ms": 2000}
class Node(ListNode):
    @property
    def next(self):
        return Node(6)

    @next.setter
    def next(self, node):
        pass


def solve(value):
    return Node(6)

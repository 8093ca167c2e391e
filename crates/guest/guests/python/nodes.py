"""The node classes that learners know."""


class ListNode:
    """A node of a singly linked list."""

    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next

    def __repr__(self):
        return f"ListNode({self.val!r})"


class TreeNode:
    """A node of a binary tree."""

    def __init__(self, val=0, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right

    def __repr__(self):
        return f"TreeNode({self.val!r})"


class GraphNode:
    """A node of a graph."""

    def __init__(self, val=0, neighbors=None):
        self.val = val
        self.neighbors = [] if neighbors is None else neighbors

    def __repr__(self):
        return f"GraphNode({self.val!r})"


ListNode.__module__ = TreeNode.__module__ = GraphNode.__module__ = "solution"

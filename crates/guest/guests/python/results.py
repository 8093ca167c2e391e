"""Results: to the wire form."""

import json
from builtins import (
    AttributeError, Exception, UnicodeEncodeError, dict, float, frozenset, getattr, id, int, issubclass, iter,
    len, list, map, max, min, set, str, tuple, type,
)
from enum import Enum

from nodes import GraphNode, ListNode, TreeNode

MAX_SAFE_INTEGER = 2**53 - 1
# The host refuses integers with more digits.
MAX_DIGITS = 10_000
LARGEST = 10**MAX_DIGITS

quote = json.encoder.encode_basestring
int_repr, float_repr = int.__repr__, float.__repr__
iterate_list, iterate_tuple, iterate_set, iterate_frozenset = (
    list.__iter__, tuple.__iter__, set.__iter__, frozenset.__iter__)
dict_items = dict.items
# The plain attributes, whatever a metaclass or a subclass makes of these names.
bases_of = type.__dict__["__mro__"].__get__
dict_of_type = type.__dict__["__dict__"].__get__
name_of_type = type.__dict__["__name__"].__get__


class InvalidResult(Exception):
    """The learner's result has no wire form."""


class TooLarge(Exception):
    """The wire form exceeds the limit."""


class Encoder:
    """Writes one wire form within the limits."""

    def __init__(self, limits):
        self.left = limits["result_bytes"]
        self.max_depth = limits["max_depth"]
        self.max_nodes = limits["max_nodes"]

    def spend(self, size):
        self.left -= size
        if self.left < 0:
            raise TooLarge

    def encode(self, value, shape, depth=0):
        """The wire form of a value of the declared shape."""
        if shape is None or shape == "void":
            return self.plain(value, depth)
        if value is None:
            self.spend(4)
            return "[]" if type(shape) is str else "null"
        if shape == "ListNode":
            return self.linked_list(value, depth)
        if shape == "TreeNode":
            return self.tree(value, depth)
        if shape == "GraphNode":
            return self.graph(value, depth)
        kind, inner = shape
        actual = type(value)
        if kind == "list" and is_iterable(actual) and not issubclass(actual, (str, dict, set, frozenset)):
            self.deeper(depth)
            items = self.items(value, actual)
            return "[" + ",".join([self.encode(item, inner, depth + 1) for item in items]) + "]"
        if kind == "map" and issubclass(actual, dict):
            return self.dictionary(value, inner, depth)
        return self.plain(value, depth)

    def deeper(self, depth):
        # The brackets and the comma of the container itself.
        self.spend(3)
        if depth >= self.max_depth:
            raise InvalidResult(f"the result is nested more than {self.max_depth} levels deep")

    def plain(self, value, depth):
        """The wire form of a value of any type."""
        kind = type(value)
        if kind is int:
            return self.integer(value)
        if kind is str:
            return self.text(value)
        if value is None:
            self.spend(4)
            return "null"
        if value is True or value is False:
            self.spend(4)
            return "true" if value else "false"
        if kind is float:
            return self.number(value)
        if kind is list:
            return self.sequence(value, depth)
        if issubclass(kind, (list, tuple)):
            return self.sequence(self.items(value, kind), depth)
        if issubclass(kind, dict):
            return self.dictionary(value, None, depth)
        if issubclass(kind, (set, frozenset)):
            items = iterate_set(value) if issubclass(kind, set) else iterate_frozenset(value)
            return '{"$set":' + self.sequence(list(items), depth + 1) + "}"
        if issubclass(kind, int):
            return self.integer(int.__int__(value))
        if issubclass(kind, float):
            return self.number(float.__float__(value))
        if issubclass(kind, str):
            return self.text(str.__str__(value))
        if issubclass(kind, ListNode):
            return self.linked_list(value, depth)
        if issubclass(kind, TreeNode):
            return self.tree(value, depth)
        if issubclass(kind, GraphNode):
            return self.graph(value, depth)
        if issubclass(kind, Enum):
            raise InvalidResult(
                f"the result contains a member of the Enum {name_of_type(kind)}, which cannot be compared: "
                "return its value or its name")
        if issubclass(kind, type):
            raise InvalidResult(f"the result contains the class {name_of_type(value)}, which cannot be compared")
        if is_iterable(kind):
            # Generators, ranges, views, deques, arrays and iterators of the learner's own.
            return self.sequence(self.items(value, kind), depth)
        raise InvalidResult(f"the result contains a value of type {name_of_type(kind)}, which cannot be compared")

    def items(self, value, kind):
        """What is in a value of this type that can be iterated."""
        if issubclass(kind, list):
            return list(iterate_list(value))
        if issubclass(kind, tuple):
            return list(iterate_tuple(value))
        items = []
        for item in iter(value):
            items.append(item)
            # Every item takes two bytes at least, so that an endless iterator ends here.
            if len(items) * 2 > self.left:
                raise TooLarge
        return items

    def integer(self, value):
        if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
            digits = int_repr(value)
            self.spend(len(digits) + 1)
            return digits
        if not -LARGEST < value < LARGEST:
            raise TooLarge
        digits = int_repr(value)
        self.spend(len(digits) + 11)
        return '{"$int":"' + digits + '"}'

    def number(self, value):
        if value - value == 0:
            digits = float_repr(value)
            self.spend(len(digits) + 1)
            return digits
        self.spend(24)
        return '{"$float":"NaN"}' if value != value else '{"$float":"%s"}' % ("Infinity" if value > 0 else "-Infinity")

    def text(self, value):
        self.spend(len(value) + 3)
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                # JSON has no lone surrogates.
                value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        quoted = quote(value)
        self.spend(len(quoted) - len(value))
        return quoted

    def sequence(self, values, depth):
        self.deeper(depth)
        if not values:
            return "[]"
        if len(values) * 2 > self.left:
            raise TooLarge
        if set(map(type, values)) == {int} and -MAX_SAFE_INTEGER <= min(values) and max(values) <= MAX_SAFE_INTEGER:
            text = ",".join(map(int_repr, values))
            self.spend(len(text))
            return "[" + text + "]"
        return "[" + ",".join([self.plain(item, depth + 1) for item in values]) + "]"

    def dictionary(self, value, shape, depth):
        self.deeper(depth)
        pairs = list(dict_items(value))
        if all_plain_keys(pairs):
            return "{" + ",".join(
                [self.text(key) + ":" + self.encode(item, shape, depth + 1) for key, item in pairs]) + "}"
        return '{"$map":[' + ",".join(
            ["[" + self.plain(key, depth + 3) + "," + self.encode(item, shape, depth + 3) + "]"
             for key, item in pairs]) + "]}"

    def linked_list(self, head, depth):
        positions, nodes, values, cycle = {}, [], [], None
        node = head
        while node is not None:
            if id(node) in positions:
                cycle = positions[id(node)]
                break
            if len(nodes) >= self.max_nodes:
                raise InvalidResult(f"the linked list has more than {self.max_nodes} nodes")
            positions[id(node)] = len(nodes)
            # Kept alive, so that no later node gets the same id.
            nodes.append(node)
            values.append(attribute(node, "val", "ListNode"))
            node = attribute(node, "next", "ListNode")
        if cycle is None:
            return self.sequence(values, depth)
        return '{"$list":' + self.sequence(values, depth + 1) + ',"cycle":' + int_repr(cycle) + "}"

    def tree(self, root, depth):
        seen, queue, values = set(), [root], []
        for node in queue:
            if node is None:
                values.append(None)
                continue
            if id(node) in seen:
                raise InvalidResult("the tree reaches a node twice")
            seen.add(id(node))
            if len(seen) > self.max_nodes:
                raise InvalidResult(f"the tree has more than {self.max_nodes} nodes")
            value = attribute(node, "val", "TreeNode")
            if value is None:
                raise InvalidResult("a TreeNode has the val None")
            values.append(value)
            queue.append(attribute(node, "left", "TreeNode"))
            queue.append(attribute(node, "right", "TreeNode"))
        while values[-1] is None:
            values.pop()
        return self.sequence(values, depth)

    def graph(self, start, depth):
        positions, nodes, entries = {id(start): 0}, [start], []
        self.deeper(depth)
        for node in nodes:
            self.deeper(depth + 1)
            self.deeper(depth + 2)
            value = self.plain(attribute(node, "val", "GraphNode"), depth + 2)
            neighbors = attribute(node, "neighbors", "GraphNode")
            if not issubclass(type(neighbors), (list, tuple)):
                raise InvalidResult("the neighbors of a GraphNode are not a list")
            links = []
            for neighbor in self.items(neighbors, type(neighbors)):
                position = positions.get(id(neighbor))
                if position is None:
                    if len(nodes) >= self.max_nodes:
                        raise InvalidResult(f"the graph has more than {self.max_nodes} nodes")
                    position = positions[id(neighbor)] = len(nodes)
                    # Kept alive, so that no later node gets the same id.
                    nodes.append(neighbor)
                digits = int_repr(position)
                self.spend(len(digits) + 1)
                links.append(digits)
            entries.append("[" + value + ",[" + ",".join(links) + "]]")
        return "[" + ",".join(entries) + "]"


def is_iterable(kind):
    """Whether the instances of a type can be iterated; what its metaclass has is for the type itself."""
    for base in bases_of(kind):
        names = dict_of_type(base)
        if "__iter__" in names:
            return names["__iter__"] is not None
    return False


def all_plain_keys(pairs):
    for key, _ in pairs:
        if type(key) is not str or key[:1] == "$":
            return False
    return True


def attribute(node, name, expected):
    try:
        return getattr(node, name)
    except AttributeError:
        raise InvalidResult(f"expected a {expected}, found a value of type {name_of_type(type(node))}") from None

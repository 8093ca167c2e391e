"""The Python guest: runs the learner's code on tests and tells what happened.

The host calls `load` once in a fresh instance, then `call` once a test. Every answer is one letter and a text:

    K            the code is loaded
    R<json>      the result of a test, in the wire form of docs/values.md
    E<json>      an error report: the code raised
    C<json>      an error report: the code cannot be parsed, or lacks what the signature asks for
    O            the result is larger than the limit

`load` gets the code and this description of the signature, as JSON:

    {"class": bool, "operations": [{"name", "parameters": [shape], "returns": shape}],
     "result_bytes": int, "max_depth": int, "max_nodes": int}

where operation 0 is the function or the constructor, and a shape is null for a value that converts as it is,
"void", "ListNode", "TreeNode", "GraphNode", ["list", shape] or ["map", shape]. `call` gets

    {"calls": [[operation, [argument]]], "sequence": bool, "observe": null or an argument's position,
     "tagged": whether any argument has a tagged form, "trace": whether the host is told each step}

Learners can replace whatever they can reach: builtins, modules, `json.dumps`. What decides the answer is
therefore bound here by name when the snapshot is taken, types are compared exactly, and the contents of
containers are read with the methods of the base class. The host believes nothing of it all the same.
"""

import asyncio
import builtins
import codecs
import gc
import importlib.util
import io
import json
import random
import sys
import types
import typing
from builtins import (
    AttributeError, BaseException, Exception, MemoryError, OverflowError, RecursionError, SyntaxError,
    UnicodeEncodeError, ValueError, callable, compile, dict, exec, float, frozenset, getattr, hasattr, id, int,
    isinstance, issubclass, iter, len, list, map, max, min, range, set, setattr, str, tuple, type, zip,
)

# Learners import these; there are no files to import from later.
import abc, array, base64, binascii, bisect, calendar, cmath, collections, collections.abc, colorsys, contextlib  # noqa: E401
import copy, dataclasses, datetime, decimal, difflib, enum, fractions, functools, graphlib, hashlib, heapq  # noqa: E401
import inspect, itertools, keyword, locale, logging, math, numbers, operator, pprint, queue, re, reprlib  # noqa: E401
import secrets, statistics, string, struct, textwrap, threading, time, timeit, traceback, unicodedata, uuid  # noqa: E401
import warnings, weakref  # noqa: E401
# CPython itself imports this for integers of thousands of digits.
import _pylong  # noqa: F401

import wit_world
from tracing import Tracer

FILE = "solution.py"
MAX_SAFE_INTEGER = 2**53 - 1
# The host refuses integers with more digits.
MAX_DIGITS = 10_000
LARGEST = 10**MAX_DIGITS
RECURSION_LIMIT = 10_000
MAX_MESSAGE = 2_000
MAX_SOURCE_LINE = 200
# A traceback longer than this keeps its first and last entries.
FIRST_FRAMES, LAST_FRAMES = 2, 8

quote = json.encoder.encode_basestring
parse = json.loads
int_repr, float_repr = int.__repr__, float.__repr__
set_recursion_limit = sys.setrecursionlimit
set_digits_limit = sys.set_int_max_str_digits
coroutine = types.CoroutineType
module_type = types.ModuleType
run_coroutine = asyncio.run
iterate_list, iterate_tuple, iterate_set, iterate_frozenset = (
    list.__iter__, tuple.__iter__, set.__iter__, frozenset.__iter__)
dict_items = dict.items
# The plain attributes, whatever a metaclass or a subclass makes of these names.
name_of_type = type.__dict__["__name__"].__get__
traceback_of = BaseException.__dict__["__traceback__"].__get__


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


class InvalidResult(Exception):
    """The learner's result has no wire form."""


class TooLarge(Exception):
    """The wire form exceeds the limit."""


# ---- arguments: from the wire form ----------------------------------------------------------------------------


def untag(value):
    """Replaces the tagged forms in a parsed value."""
    kind = type(value)
    if kind is list:
        return [untag(item) for item in value]
    if kind is not dict:
        return value
    for key, content in value.items():
        if key == "$int":
            return int(content)
        if key == "$float":
            return float(content)
        if key == "$set":
            return {freeze(untag(item)) for item in content}
        if key == "$map":
            return {freeze(untag(name)): untag(item) for name, item in content}
        break
    return {key: untag(item) for key, item in value.items()}


def freeze(value):
    """Makes a member of a set, or a key, hashable."""
    kind = type(value)
    if kind is list:
        return tuple([freeze(item) for item in value])
    return frozenset(value) if kind is set else value


def decode(value, shape, tagged):
    if shape is None:
        return untag(value) if tagged else value
    if shape == "ListNode":
        return None if value is None else decode_list(value, tagged)
    if shape == "TreeNode":
        return None if value is None else decode_tree(untag(value) if tagged else value)
    if shape == "GraphNode":
        return None if value is None else decode_graph(untag(value) if tagged else value)
    kind, inner = shape
    if value is None:
        return None
    if kind == "list":
        return [decode(item, inner, tagged) for item in value]
    if tagged and "$map" in value:
        return {freeze(untag(key)): decode(item, inner, tagged) for key, item in value["$map"]}
    return {key: decode(item, inner, tagged) for key, item in value.items()}


def decode_list(value, tagged):
    values, cycle = (value["$list"], value["cycle"]) if type(value) is dict else (value, None)
    nodes = [ListNode(untag(item) if tagged else item) for item in values]
    for index in range(len(nodes) - 1):
        nodes[index].next = nodes[index + 1]
    if cycle is not None:
        nodes[-1].next = nodes[cycle]
    return nodes[0] if nodes else None


def decode_tree(values):
    if not values or values[0] is None:
        return None
    root = TreeNode(values[0])
    parents, position = [root], 1
    for parent in parents:
        for side in ("left", "right"):
            if position >= len(values):
                return root
            if values[position] is not None:
                child = TreeNode(values[position])
                setattr(parent, side, child)
                parents.append(child)
            position += 1
    return root


def decode_graph(entries):
    nodes = [GraphNode(value) for value, _ in entries]
    for node, (_, neighbors) in zip(nodes, entries):
        node.neighbors = [nodes[position] for position in neighbors]
    return nodes[0] if nodes else None


# ---- results: to the wire form --------------------------------------------------------------------------------


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
        if kind == "list" and hasattr(actual, "__iter__") and not issubclass(actual, (str, dict, set, frozenset)):
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
        if hasattr(kind, "__iter__"):
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


# ---- errors ---------------------------------------------------------------------------------------------------


def error_json(kind, message, line=None, column=None, trace=""):
    def text(value, limit):
        return quote(value[:limit].encode("utf-8", "replace").decode())

    def position(value):
        return int_repr(value) if type(value) is int and value > 0 else "null"

    return (
        f'{{"type":{text(kind, 100)},"message":{text(message, MAX_MESSAGE)},"line":{position(line)},'
        f'"column":{position(column)},"traceback":{text(trace, 20_000)}}}'
    )


def message_of(error):
    try:
        message = str(error)
    except BaseException:
        return ""
    return message if type(message) is str else ""


def raised(error, lines):
    """The report on an exception, with the learner's frames only."""
    frames = []
    link = traceback_of(error)
    while link is not None:
        # Code that learners put together by hand may have no lines.
        if link.tb_frame.f_code.co_filename == FILE and link.tb_lineno is not None:
            frames.append((link.tb_lineno, link.tb_frame.f_code.co_name))
        link = link.tb_next
    shown = []
    for index, (line, name) in enumerate_frames(frames):
        if line is None:
            shown.append(f"[{index} more calls]")
            continue
        where = "" if name == "<module>" else f", in {name}"
        source = lines[line - 1].strip()[:MAX_SOURCE_LINE] if 0 < line <= len(lines) else ""
        shown.append(f"line {line}{where}\n    {source}")
    return error_json(
        name_of_type(type(error)), message_of(error), frames[-1][0] if frames else None, None, "\n".join(shown))


def enumerate_frames(frames):
    hidden = len(frames) - FIRST_FRAMES - LAST_FRAMES
    if hidden <= 0:
        return [(0, frame) for frame in frames]
    return (
        [(0, frame) for frame in frames[:FIRST_FRAMES]]
        + [(hidden, (None, None))]
        + [(0, frame) for frame in frames[-LAST_FRAMES:]]
    )


# ---- the learner's surroundings -------------------------------------------------------------------------------


class Streams:
    """Standard output and error, remade when the learner's code closed or replaced them."""

    def __init__(self):
        self.current = [None, None]

    def prepare(self):
        for index, name in ((0, "stdout"), (1, "stderr")):
            stream = self.current[index]
            if getattr(sys, name, None) is not stream or not is_open(stream):
                self.current[index] = stream = open_stream(index + 1)
                setattr(sys, name, stream)

    def flush(self):
        for stream in self.current:
            try:
                io_flush(stream)
            except BaseException:
                # Closed by the learner: there is nothing left to save.
                pass


def is_open(stream):
    try:
        return not stream.closed
    except (AttributeError, ValueError):
        # There is none, or it was taken apart.
        return False


def open_stream(file):
    """The stream of an open file; None, as CPython has it, when the learner's code closed the file."""
    try:
        raw = io.FileIO(file, "w", closefd=False)
    except OSError:
        return None
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", line_buffering=True)


io_flush = io.TextIOWrapper.flush


class Surroundings:
    """Builtins and modules, as they are before the learner's code runs."""

    def __init__(self):
        self.builtins, self.modules = vars(builtins), sys.modules
        self.original_builtins, self.original_modules = dict(self.builtins), dict(self.modules)

    def restore(self):
        sys.modules = self.modules
        for current, original in (
            (self.builtins, self.original_builtins), (self.modules, self.original_modules)
        ):
            for name in [name for name in current if name not in original]:
                del current[name]
            current.update(original)


def patch_library():
    """Makes parts of the library work that expect an operating system."""
    # The C version of lru_cache recurses on the small C stack; the Python version does not.
    import _functools

    fast = _functools._lru_cache_wrapper
    del _functools._lru_cache_wrapper
    spec = importlib.util.find_spec("functools")
    pure = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pure)
    _functools._lru_cache_wrapper = fast
    functools._lru_cache_wrapper = pure._lru_cache_wrapper

    # There are no sockets for the event loop to wake itself with, and nothing to select on but time.
    import asyncio.selector_events
    import selectors

    class Selector(selectors.SelectSelector):
        def select(self, timeout=None):
            if timeout is None:
                raise RuntimeError("the event loop waits for something that cannot happen")
            if timeout > 0:
                time.sleep(timeout)
            return []

    class EventLoop(asyncio.SelectorEventLoop):
        def __init__(self):
            super().__init__(Selector())

        def _make_self_pipe(self):
            self._ssock = self._csock = None

        def _close_self_pipe(self):
            pass

        def _write_to_self(self):
            pass

    class Policy(asyncio.events._BaseDefaultEventLoopPolicy):
        _loop_factory = EventLoop

    asyncio.events._event_loop_policy = Policy()


def seed_on_first_use():
    """Makes `random` ask the host for a seed when one of its functions is first looked up.

    Without a seed they would go on from the state of the snapshot; with one from the start no run could be repeated.
    """
    generator, attributes = random._inst, random.__dict__
    functions = {
        name: value for name, value in attributes.items()
        if value is generator or getattr(value, "__self__", None) is generator
    }
    for name in functions:
        del attributes[name]
    # Another module that has taken one of them would draw without a seed.
    assert not [
        module for module in sys.modules.values() for value in list(getattr(module, "__dict__", {}).values())
        if getattr(value, "__self__", None) is generator
    ]

    # The runtime that calls this file looks up `seed` after it, to call that in every fresh instance.
    for_the_runtime = [lambda: None]

    def find(name):
        if name == "seed" and for_the_runtime:
            return for_the_runtime.pop()
        if name not in functions:
            raise AttributeError(f"module 'random' has no attribute {name!r}")
        seed()
        for known, function in functions.items():
            # Learners may have put something of their own there.
            attributes.setdefault(known, function)
        return functions[name]

    seed = generator.seed
    random.__getattr__ = find
    random.__dir__ = lambda: [*attributes, *functions]


PRELUDE = {name: getattr(typing, name) for name in typing.__all__}
PRELUDE |= {"ListNode": ListNode, "TreeNode": TreeNode, "GraphNode": GraphNode}
PRELUDE |= {"__file__": FILE, "__builtins__": builtins}


# ---- load and call --------------------------------------------------------------------------------------------


class Guest:
    def __init__(self):
        self.streams = Streams()
        self.program = self.signature = None
        self.lines = []
        self.surroundings = None
        self.namespace = {}

    def load(self, code, signature):
        self.streams.prepare()
        self.signature = parse(signature)
        self.lines = code.split("\n")
        # Who never names them does not change them by accident.
        if "builtins" in code or "modules" in code:
            self.surroundings = SURROUNDINGS
        try:
            self.program = compile(code, FILE, "exec", dont_inherit=True)
        except SyntaxError as error:
            return "C" + error_json(name_of_type(type(error)), str(error.msg), error.lineno, error.offset)
        except Exception as error:
            return "C" + error_json("SyntaxError", message_of(error) or "the code is too complex to compile")
        return "K"

    def call(self, test):
        set_recursion_limit(RECURSION_LIMIT)
        set_digits_limit(MAX_DIGITS)
        try:
            if self.surroundings is not None:
                self.surroundings.restore()
            self.streams.prepare()
            return self.run(parse(test))
        except InvalidResult as error:
            return "E" + error_json("InvalidResult", message_of(error))
        except TooLarge:
            return "O"
        except BaseException as error:
            return "E" + raised(error, self.lines)
        finally:
            self.streams.flush()

    def run(self, test):
        # The functions of the test before hold each other: not all of it would be freed by now.
        self.namespace.clear()
        # The class statement, dataclasses and pickling look a module up by its name.
        module = module_type("solution")
        sys.modules["solution"] = module
        namespace = self.namespace = module.__dict__
        namespace.update(PRELUDE)
        exec(self.program, namespace)

        operations, is_class = self.signature["operations"], self.signature["class"]
        target = namespace.get(operations[0]["name"])
        missing = self.missing(target, operations, is_class)
        if missing:
            return "C" + error_json("NameError", missing)

        # Results are read within the trace: that is when the code of a generator runs.
        return TRACER.follow(self.make_calls, target, test) if test["trace"] else self.make_calls(target, test)

    def make_calls(self, target, test):
        operations, is_class = self.signature["operations"], self.signature["class"]
        observe, tagged, receiver = test["observe"], test["tagged"], None
        encoder, results = Encoder(self.signature), []
        for index, arguments in test["calls"]:
            operation = operations[index]
            shapes = operation["parameters"]
            arguments = [decode(value, shape, tagged) for value, shape in zip(arguments, shapes)]
            if index > 0:
                result = getattr(receiver, operation["name"])(*arguments)
            else:
                result = target(*arguments)
                if is_class:
                    receiver, result = result, None
            if type(result) is coroutine:
                result = run_coroutine(result)
            if observe is not None:
                results.append(encoder.encode(arguments[observe], shapes[observe]))
            elif operation["returns"] == "void":
                results.append("null")
            else:
                results.append(encoder.encode(result, operation["returns"]))
        if not test["sequence"]:
            return "R" + results[-1]
        encoder.spend(2 * len(results))
        return "R[" + ",".join(results) + "]"

    def missing(self, target, operations, is_class):
        name = operations[0]["name"]
        if not is_class:
            return None if callable(target) else f"Define a function named `{name}`."
        if not isinstance(target, type):
            return f"Define a class named `{name}`."
        for operation in operations[1:]:
            if not hasattr(target, operation["name"]):
                return f"Define a method named `{operation['name']}` in the class `{name}`."
        return None


GUEST = Guest()
TRACER = Tracer(FILE)


class WitWorld(wit_world.WitWorld):
    """What the host calls."""

    def load(self, code, signature):
        return GUEST.load(code, signature)

    def call(self, test):
        return GUEST.call(test)


def warm_up():
    """Makes a few runs before the snapshot: what CPython caches and specialises on the way is then in it."""
    code = "def warm(values):\n    seen = {}\n    for index, value in enumerate(values):\n        seen[value] = index\n    return [seen]\n"
    signature = (
        '{"class": false, "operations": [{"name": "warm", "parameters": [null], "returns": null}],'
        ' "result_bytes": 1000, "max_depth": 10, "max_nodes": 10}'
    )
    test = '{"calls": [[0, [[1, 2, 3]]]], "sequence": false, "observe": null, "tagged": false, "trace": false}'
    for _ in range(20):
        guest = Guest()
        assert guest.load(code, signature) == "K"
        for _ in range(5):
            assert guest.call(test) == 'R[{"$map":[[1,0],[2,1],[3,2]]}]'
    del sys.modules["solution"]


def all_objects():
    """Every object that the snapshot has, but static ones that no other refers to."""
    found, pending = [], gc.get_objects()
    # One bit for each address that an object can have: a set of 60,000 integers would stay in the snapshot as garbage.
    seen = bytearray(1 << 19)
    own = {id(found), id(pending), id(seen)}
    while pending:
        value = pending.pop()
        place, bit = id(value) >> 6, 1 << (id(value) >> 3 & 7)
        if seen[place] & bit or id(value) in own:
            continue
        seen[place] |= bit
        found.append(value)
        if type(value) is types.CodeType:
            # The collector does not look into code.
            pending += [value.co_name, value.co_qualname, value.co_filename, value.co_linetable, value.co_exceptiontable]
            pending += [value.co_consts, value.co_names]
            pending += [*value.co_varnames, *value.co_cellvars, *value.co_freevars]
        else:
            pending += gc.get_referents(value)
    return found


patch_library()
seed_on_first_use()
# Codecs are modules too.
for codec in ("ascii", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "unicode_escape", "rot13"):
    codecs.lookup(codec)
sys.setrecursionlimit(RECURSION_LIMIT)
sys.set_int_max_str_digits(MAX_DIGITS)
warm_up()
SURROUNDINGS = Surroundings()
GUEST.streams.prepare()
# Objects of the snapshot never die: keep the collector from touching, and so copying, their pages. Counting references
# touches them too: `scripts/immortalize-python` ends that when the snapshot is made, and finds the list by the mark.
gc.collect()
IMMORTAL = all_objects()
IMMORTAL_MARK = b"".join([b"bugdrill immortal", b" objects: ", id(IMMORTAL).to_bytes(4, "little")])
gc.freeze()

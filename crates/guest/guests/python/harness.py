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
import json
import sys
import types
import typing
from builtins import (
    BaseException, Exception, SyntaxError, callable, compile, exec, getattr, hasattr, id, isinstance, len, type, zip,
)

import characters
import library
import randomness
import wit_world
from arguments import decode
from errors import FILE, error_json, message_of, name_of_type, raised
from nodes import GraphNode, ListNode, TreeNode
from patches import Patches
from results import MAX_DIGITS, Encoder, InvalidResult, TooLarge
from snapshot import all_objects
from surroundings import Streams, Surroundings
from tracing import Tracer

RECURSION_LIMIT = 10_000

parse = json.loads
set_recursion_limit = sys.setrecursionlimit
set_digits_limit = sys.set_int_max_str_digits
coroutine = types.CoroutineType
module_type = types.ModuleType
run_coroutine = asyncio.run

PRELUDE = {name: getattr(typing, name) for name in typing.__all__}
PRELUDE |= {"ListNode": ListNode, "TreeNode": TreeNode, "GraphNode": GraphNode}
PRELUDE |= {"__file__": FILE, "__builtins__": builtins}


class Guest:
    def __init__(self):
        self.streams = Streams()
        self.program = self.signature = None
        self.lines = []
        self.surroundings = self.patches = None
        self.namespace = {}

    def load(self, code, signature):
        self.streams.prepare()
        # As a script has it. The runtime empties it in every fresh instance.
        sys.argv = [FILE]
        self.signature = parse(signature)
        self.lines = code.split("\n")
        # Who never names them does not change them by accident.
        if "builtins" in code or "modules" in code:
            self.surroundings = SURROUNDINGS
        try:
            self.program = compile(code, FILE, "exec", dont_inherit=True)
            self.patches = Patches(self.program)
        except SyntaxError as error:
            message, column = characters.told(error, code)
            return "C" + error_json(name_of_type(type(error)), message, error.lineno, column)
        except Exception as error:
            return "C" + error_json("SyntaxError", message_of(error) or "the code is too complex to compile")
        return "K"

    def call(self, test):
        set_recursion_limit(RECURSION_LIMIT)
        set_digits_limit(MAX_DIGITS)
        try:
            if self.surroundings is not None:
                self.surroundings.restore()
            self.patches.undo()
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


library.patch_library()
randomness.seed_on_first_use()
# Codecs are modules too.
for codec in ("ascii", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "unicode_escape", "rot13"):
    codecs.lookup(codec)
sys.setrecursionlimit(RECURSION_LIMIT)
sys.set_int_max_str_digits(MAX_DIGITS)
warm_up()
library.close_library()
SURROUNDINGS = Surroundings()
GUEST.streams.prepare()
# Objects of the snapshot never die: keep the collector from touching, and so copying, their pages. Counting references
# touches them too: `scripts/immortalize-python` ends that when the snapshot is made, and finds the list by the mark.
gc.collect()
IMMORTAL = all_objects()
IMMORTAL_MARK = b"".join([b"bugdrill immortal", b" objects: ", id(IMMORTAL).to_bytes(4, "little")])
gc.freeze()

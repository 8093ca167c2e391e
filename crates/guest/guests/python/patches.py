"""Undoes what a test has changed in modules and classes that the next test shares.

Code can change them by assigning to an attribute, or by a few functions. Code with neither costs nothing; of other code
the modules and classes that it names are watched. What is in their objects, say in a list, is not.
"""

import opcode
import sys
import types
from builtins import all, any, dict, issubclass, len, list, map, set, str, type
from operator import is_

from nodes import GraphNode, ListNode, TreeNode

CHANGING = {opcode.opmap["STORE_ATTR"], opcode.opmap["DELETE_ATTR"]}
CHANGING_NAMES = {"setattr", "delattr", "__setattr__", "__delattr__", "__dict__", "vars", "patch", "exec", "total_ordering", "dataclass"}
# By these, a text becomes a module.
IMPORTING_NAMES = {"__import__", "import_module", "modules", "patch"}
NODES = (ListNode, TreeNode, GraphNode)

code_type, module_type = types.CodeType, types.ModuleType
imported = sys.modules.get
dict_of_module = module_type.__dict__["__dict__"].__get__
dict_of_type = type.__dict__["__dict__"].__get__
flags_of_type = type.__dict__["__flags__"].__get__
set_in_type, delete_from_type = type.__setattr__, type.__delattr__
IMMUTABLE = 1 << 8


def codes_of(code):
    """A code object and all that are in it."""
    codes = [code]
    for one in codes:
        codes += [constant for constant in one.co_consts if type(constant) is code_type]
    return codes


def may_change(code):
    """Whether this code can change an attribute of anything."""
    return not CHANGING.isdisjoint(code.co_code[::2]) or not CHANGING_NAMES.isdisjoint(code.co_names)


class Patches:
    """Modules and classes that a program can change, with what they have before it runs."""

    def __init__(self, program):
        self.modules, self.classes = [], []
        codes = codes_of(program)
        if any(map(may_change, codes)):
            self.watch(names_in(codes))

    def watch(self, names):
        modules, classes = [], list(NODES)
        for name in names:
            module = imported(name)
            if type(module) is module_type and module not in modules:
                modules.append(module)
        for module in modules:
            contents = dict_of_module(module)
            self.modules.append((contents, dict(contents)))
            # The classes and the modules in it, such as `os.path`, which code has to name as well.
            for name in names:
                value = contents.get(name)
                if type(value) is module_type and value not in modules:
                    modules.append(value)
                elif issubclass(type(value), type) and not flags_of_type(value) & IMMUTABLE:
                    classes.append(value)
        # Some are in several modules.
        for kind in dict.fromkeys(classes):
            contents = dict_of_type(kind)
            self.classes.append((kind, contents, dict(contents)))

    def undo(self):
        for contents, before in self.modules:
            if not is_as(contents, before):
                for name in [name for name in contents if name not in before]:
                    del contents[name]
                contents.update(before)
        for kind, contents, before in self.classes:
            if not is_as(contents, before):
                for name in [name for name in contents if name not in before]:
                    delete_from_type(kind, name)
                for name, value in before.items():
                    if contents.get(name, contents) is not value:
                        set_in_type(kind, name, value)


def is_as(contents, before):
    """Whether a dictionary has what it had, without asking what learners may have put there."""
    return len(contents) == len(before) and all(map(is_, contents.values(), before.values()))


def names_in(codes):
    """The names by which the code can reach modules and classes."""
    names = set()
    for code in codes:
        names.update(code.co_names)
    if not IMPORTING_NAMES.isdisjoint(names):
        for code in codes:
            names.update([text for text in code.co_consts if type(text) is str])
    return names

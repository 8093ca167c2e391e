"""Follows the learner's code while a test runs, and tells the host each step as it happens.

A step is a JSON text, as crates/model/src/trace.rs describes it. The host stops the guest when it has enough of them.

No code of the learner's is run to show a value: types are compared exactly, containers are read with the methods of
the base class, attributes with the interpreter's own descriptors. Of a large or tangled value only a little is read.
Whatever fails here ends the trace, not the test.
"""

import dis
import sys
import types
from builtins import (
    AttributeError, BaseException, Exception, KeyError, StopAsyncIteration, StopIteration, bytes, dict, enumerate,
    float, frozenset, id, int, issubclass, len, list, range, set, slice, str, tuple, type,
)
from collections import deque
from itertools import islice
from json.encoder import encode_basestring as quote

import wit_world

# These three stand in crates/model/src/trace.rs.
MAX_TEXT = 120
MAX_NODES = 40
MAX_VARIABLES = 30
# The most edges of a graph.
MAX_EDGES = 200
# The text of an item, or of a node's value.
MAX_ITEM = 40
# What is nested deeper is left out.
MAX_DEPTH = 5
# An integer that has room anywhere.
MAX_SMALL = 10**20
# Larger integers take long to write.
LARGEST = 10**MAX_TEXT

tell_host = wit_world.step
set_trace = sys.settrace
int_repr, float_repr, str_repr, bytes_repr = int.__repr__, float.__repr__, str.__repr__, bytes.__repr__
plain_int, bit_length = int.__int__, int.bit_length
list_item, tuple_item, str_item, bytes_item = list.__getitem__, tuple.__getitem__, str.__getitem__, bytes.__getitem__
list_length, tuple_length, deque_length = list.__len__, tuple.__len__, deque.__len__
iterate_deque, iterate_set, iterate_frozenset = deque.__iter__, set.__iter__, frozenset.__iter__
dict_items, dict_get, has_key, update = dict.items, dict.get, dict.__contains__, dict.update
encode, decode = str.encode, bytes.decode
function_type, builtin_function_type, module_type = types.FunctionType, types.BuiltinFunctionType, types.ModuleType
slot_type, getter_type = types.MemberDescriptorType, types.GetSetDescriptorType
frame_variables_type = (lambda: type(sys._getframe().f_locals))()
arguments_of = BaseException.__dict__["args"].__get__
# The plain attributes, whatever a metaclass or a subclass makes of these names.
bases_of = type.__dict__["__mro__"].__get__
dict_of_type = type.__dict__["__dict__"].__get__
name_of_type = type.__dict__["__name__"].__get__

# The instructions by which a function leaves of its own accord.
LEAVING = {dis.opmap["RETURN_VALUE"], dis.opmap["YIELD_VALUE"]}
# Those at which the interpreter raises for itself, to see that an iterator has ended.
ITERATING = {dis.opmap["FOR_ITER"], dis.opmap["SEND"], dis.opmap["END_ASYNC_FOR"]}


class Full(Exception):
    """There is no room for more."""


# ---- reading values -------------------------------------------------------------------------------------------


class Layout:
    """Where the instances of a class have their attributes, if it is one of the learner's."""

    def __init__(self, kind):
        # Kept alive, so that no other class gets its id.
        self.kind = kind
        module = dict_of_type(kind).get("__module__")
        self.is_learners = type(module) is str and module == "solution"
        self.dictionary, self.slots = None, []
        for base in bases_of(kind) if self.is_learners else ():
            for name, member in dict_of_type(base).items():
                if type(member) is slot_type:
                    self.slots.append((name, member.__get__))
                elif name == "__dict__" and self.dictionary is None and type(member) is getter_type:
                    self.dictionary = member.__get__

    def attributes(self, value):
        if not self.slots and self.dictionary is not None:
            return self.dictionary(value)
        attributes = {}
        for name, read in self.slots:
            try:
                attributes[name] = read(value)
            except AttributeError:
                # It has not been set.
                pass
        if self.dictionary is not None:
            update(attributes, self.dictionary(value))
        return attributes


class Layouts:
    """The layouts of all classes that were met."""

    def __init__(self):
        self.known = {}

    def attributes(self, value, *names):
        """The attributes of an instance of a learner's class; None where it lacks one of these, or is none."""
        kind = type(value)
        layout = self.known.get(id(kind))
        if layout is None:
            layout = self.known[id(kind)] = Layout(kind)
        if not layout.is_learners:
            return None
        attributes = layout.attributes(value)
        for name in names:
            if not has_key(attributes, name):
                return None
        return attributes


def items_of(value, kind, count):
    """The first items of a list, tuple or deque and how many it has; None for anything else."""
    if issubclass(kind, list):
        return list_item(value, slice(count)), list_length(value)
    if issubclass(kind, tuple):
        return tuple_item(value, slice(count)), tuple_length(value)
    if issubclass(kind, deque):
        return list(islice(iterate_deque(value), count)), deque_length(value)
    return None


def brackets_of(kind, length):
    if issubclass(kind, list):
        return "[", "]"
    if issubclass(kind, tuple):
        return "(", ",)" if length == 1 else ")"
    return "deque([", "])"


def cut(text, room):
    return text if len(text) <= room else text[:room - 1] + "…"


class Text:
    """Writes a value as a person would, as far as there is room."""

    def __init__(self, layouts, room):
        self.layouts, self.room, self.pieces = layouts, room, []

    def write(self, piece):
        self.pieces.append(piece)
        self.room -= len(piece)
        if self.room < 0:
            raise Full

    def value(self, value, depth):
        kind = type(value)
        if value is None or value is True or value is False:
            self.write("None" if value is None else "True" if value else "False")
        elif issubclass(kind, int):
            number = plain_int(value)
            self.write(int_repr(number) if -LARGEST < number < LARGEST else f"<int of {bit_length(number)} bits>")
        elif issubclass(kind, str):
            # One more than fits is enough to see that it does not.
            self.write(str_repr(str_item(value, slice(self.room + 1))))
        elif issubclass(kind, float):
            self.write(float_repr(value))
        elif issubclass(kind, bytes):
            self.write(bytes_repr(bytes_item(value, slice(self.room + 1))))
        elif kind is function_type or kind is builtin_function_type:
            self.write("function " + value.__name__)
        elif issubclass(kind, type):
            self.write("class " + name_of_type(value))
        elif kind is range:
            self.call("range", (value.start, value.stop, value.step)[:2 if value.step == 1 else 3], depth)
        elif issubclass(kind, BaseException):
            self.call(name_of_type(kind), arguments_of(value), depth)
        elif depth >= MAX_DEPTH:
            self.write("…")
        else:
            self.container(value, kind, depth)

    def container(self, value, kind, depth):
        sequence = items_of(value, kind, self.room)
        if sequence is not None:
            items, length = sequence
            opening, closing = brackets_of(kind, length)
            self.series(opening, items, closing, depth)
        elif issubclass(kind, dict):
            self.write("{")
            for index, (key, item) in enumerate(dict_items(value)):
                self.write(", " if index else "")
                self.value(key, depth + 1)
                self.write(": ")
                self.value(item, depth + 1)
            self.write("}")
        elif issubclass(kind, set) or issubclass(kind, frozenset):
            items = list(islice(iterate_set(value) if issubclass(kind, set) else iterate_frozenset(value), self.room))
            self.series("{", items, "}", depth) if items else self.write("set()")
        else:
            self.instance(value, kind, depth)

    def series(self, opening, items, closing, depth):
        self.write(opening)
        for index, item in enumerate(items):
            self.write(", " if index else "")
            self.value(item, depth + 1)
        self.write(closing)

    def call(self, name, arguments, depth):
        self.series(name + "(", arguments[:self.room], ")", depth)

    def instance(self, value, kind, depth):
        attributes = self.layouts.attributes(value)
        if attributes is None:
            self.write(f"<{name_of_type(kind)}>")
        elif has_key(attributes, "val") and has_key(attributes, "next") and not has_key(attributes, "left"):
            self.chain(value, depth)
        elif has_key(attributes, "val"):
            self.call(name_of_type(kind), (dict_get(attributes, "val"),), depth)
        else:
            self.write(name_of_type(kind) + "(")
            for index, (name, item) in enumerate(dict_items(attributes)):
                self.write(", " if index else "")
                self.write(name + "=" if type(name) is str else "?=")
                self.value(item, depth + 1)
            self.write(")")

    def chain(self, node, depth):
        """A linked list, up to the first node that comes again."""
        seen = set()
        while (attributes := self.layouts.attributes(node, "val", "next")) is not None:
            self.write(" → " if seen else "")
            if id(node) in seen:
                self.write("…")
                return
            seen.add(id(node))
            self.value(dict_get(attributes, "val"), depth + 1)
            node = dict_get(attributes, "next")


class Values:
    """Shows values: their texts and, where they have one, their structures."""

    def __init__(self):
        self.layouts = Layouts()
        # The numbers of nodes; the nodes are kept alive, so that no later one gets the same id.
        self.numbers, self.nodes = {}, []

    def text(self, value, room=MAX_TEXT):
        kind = type(value)
        # Most values are like these: no need for more than this.
        if kind is int and -MAX_SMALL <= value <= MAX_SMALL:
            return int_repr(value)
        if kind is str:
            return cut(str_repr(value[:room + 1]), room)
        text = Text(self.layouts, room)
        try:
            text.value(value, 0)
        except Full:
            pass
        return cut("".join(text.pieces), room)

    def variable(self, name, value):
        """The JSON text of a variable."""
        kind, structure = type(value), None
        sequence = items_of(value, kind, MAX_NODES)
        if sequence is not None:
            items, length = sequence
            texts = [self.text(item, MAX_ITEM) for item in items]
            opening, closing = brackets_of(kind, length)
            # More items than these do not fit in any case.
            text = cut(opening + ", ".join(texts) + closing, MAX_TEXT)
            structure = f'{{"kind":"list","items":[{",".join([quote(item) for item in texts])}],"length":{length}}}'
        else:
            text = self.text(value)
            attributes = self.layouts.attributes(value, "val")
            if attributes is None:
                pass
            elif has_key(attributes, "left") and has_key(attributes, "right"):
                structure = self.tree(value)
            elif has_key(attributes, "next"):
                structure = self.linked_list(value)
            elif has_key(attributes, "neighbors"):
                structure = self.graph(value)
        tail = "" if structure is None else f',"structure":{structure}'
        return f'{{"name":{quote(name)},"text":{quote(text)}{tail}}}'

    def node(self, node, attributes):
        number = self.numbers.get(id(node))
        if number is None:
            self.nodes.append(node)
            number = self.numbers[id(node)] = len(self.nodes)
        return f'{{"id":{number},"text":{quote(self.text(dict_get(attributes, "val"), MAX_ITEM))}}}'

    def linked_list(self, node):
        nodes, positions, tail = [], {}, ""
        while (attributes := self.layouts.attributes(node, "val", "next")) is not None:
            if id(node) in positions:
                tail = f',"cycle":{positions[id(node)]}'
                break
            if len(nodes) == MAX_NODES:
                tail = ',"is_cut":true'
                break
            positions[id(node)] = len(nodes)
            nodes.append(self.node(node, attributes))
            node = dict_get(attributes, "next")
        return f'{{"kind":"linked_list","nodes":[{",".join(nodes)}]{tail}}}'

    def tree(self, root):
        queue, nodes, count, tail = [root], [], 0, ""
        for node in queue:
            attributes = self.layouts.attributes(node, "val", "left", "right")
            if attributes is None:
                nodes.append("null")
                continue
            if count == MAX_NODES:
                tail = ',"is_cut":true'
                break
            count += 1
            nodes.append(self.node(node, attributes))
            queue.append(dict_get(attributes, "left"))
            queue.append(dict_get(attributes, "right"))
        while nodes[-1] == "null":
            nodes.pop()
        return f'{{"kind":"tree","nodes":[{",".join(nodes)}]{tail}}}'

    def graph(self, start):
        queue, positions, nodes, edges, tail = [start], {id(start): 0}, [], [], ""
        for position, node in enumerate(queue):
            attributes = self.layouts.attributes(node, "val", "neighbors")
            nodes.append(self.node(node, attributes))
            neighbors = dict_get(attributes, "neighbors")
            for neighbor in (items_of(neighbors, type(neighbors), MAX_NODES) or ((), 0))[0]:
                if len(edges) == MAX_EDGES:
                    tail = ',"is_cut":true'
                    break
                if id(neighbor) not in positions:
                    if self.layouts.attributes(neighbor, "val", "neighbors") is None:
                        continue
                    if len(queue) == MAX_NODES:
                        tail = ',"is_cut":true'
                        continue
                    positions[id(neighbor)] = len(queue)
                    queue.append(neighbor)
                edges.append(f"[{position},{positions[id(neighbor)]}]")
        return f'{{"kind":"graph","nodes":[{",".join(nodes)}],"edges":[{",".join(edges)}]{tail}}}'

    def exception(self, error):
        name, arguments = name_of_type(type(error)), arguments_of(error)
        if not arguments:
            return cut(name, MAX_TEXT)
        if len(arguments) > 1:
            message = self.text(arguments)
        elif type(arguments[0]) is str and not issubclass(type(error), KeyError):
            message = arguments[0][:MAX_TEXT]
        else:
            message = self.text(arguments[0])
        return cut(f"{name}: {message}", MAX_TEXT)


# ---- following frames -----------------------------------------------------------------------------------------


class Tracer:
    """Follows the functions of one file."""

    def __init__(self, file):
        self.file = file
        self.values = Values()
        # The frames of the file that are running, with their variables as they were last told.
        self.frames = []

    def follow(self, function, *arguments):
        """Calls the function, and follows what it calls."""
        set_trace(self.on_call)
        try:
            return function(*arguments)
        finally:
            set_trace(None)

    def on_call(self, frame, event, argument):
        try:
            if frame.f_code.co_filename == self.file:
                known = {}
                self.frames.append((frame, known))
                self.tell("call", frame, known, None)
                return self.on_event
        except BaseException:
            set_trace(None)

    def on_event(self, frame, event, argument):
        try:
            # Code that changed the trace function in between kept the end of some from us.
            while self.frames[-1][0] is not frame:
                self.frames.pop()
            known, text = self.frames[-1][1], None
            if event == "exception":
                kind, error, _ = argument
                is_end = kind is StopIteration or kind is StopAsyncIteration
                if is_end and instruction(frame) in ITERATING:
                    return
                text = self.values.exception(error)
            elif event == "return" and (argument is not None or instruction(frame) in LEAVING):
                text = self.values.text(argument)
            self.tell(event, frame, known, text)
            if event == "return":
                self.frames.pop()
        except BaseException:
            set_trace(None)

    def tell(self, event, frame, known, text):
        changed, removed = self.changes(frame, known)
        code = frame.f_code
        step = (
            f'{{"event":"{event}","line":{frame.f_lineno or code.co_firstlineno},"depth":{len(self.frames)},'
            f'"function":{quote(cut(code.co_name, MAX_TEXT))}'
        )
        if changed:
            step += f',"changed":[{",".join(changed)}]'
        if removed:
            step += f',"removed":[{",".join([quote(name) for name in removed])}]'
        if text is not None:
            step += f',"text":{quote(text)}'
        step += "}"
        # Lone surrogates cannot be told.
        tell_host(step if step.isascii() else decode(encode(step, "utf-8", "replace")))

    def changes(self, frame, known):
        """What of a frame's variables has changed since what is known, which is brought up to date."""
        variables = frame.f_locals
        if type(variables) is frame_variables_type:
            items = variables.items()
        else:
            # The body of a class, whose names a metaclass may keep in anything.
            items = list(dict_items(variables)) if issubclass(type(variables), dict) else []
        changed, seen = [], set()
        for name, value in items:
            if not is_shown(frame.f_code, name, value):
                continue
            if len(seen) == MAX_VARIABLES:
                break
            seen.add(name)
            last_contents, last_text = known.get(name, (None, None))
            contents = contents_of(value)
            if contents is not None and contents == last_contents:
                continue
            text = self.values.variable(name, value)
            known[name] = (contents, text)
            if text != last_text:
                changed.append(text)
        removed = [name for name in known if name not in seen]
        for name in removed:
            del known[name]
        return changed, removed


def contents_of(value):
    """What makes a simple value, to be compared sooner than its text is written; None of other values."""
    kind = type(value)
    if kind is int or kind is str or value is None:
        return kind, value
    if kind is not list and kind is not tuple:
        return None
    items = value[:MAX_NODES]
    first = type(items[0]) if items else int
    if first is not int and first is not str:
        return None
    for item in items:
        if type(item) is not first:
            return None
    return kind, first, len(value), items


def instruction(frame):
    """The instruction that a frame is at."""
    return frame.f_code.co_code[frame.f_lasti]


def is_shown(code, name, value):
    """Whether a variable is worth a look: neither the interpreter's own nor a definition, unless it is an argument."""
    if name[:1] == "." or name[:2] == "__":
        return False
    kind = type(value)
    if kind is function_type or kind is module_type or issubclass(kind, type):
        with_stars = (code.co_flags >> 2 & 1) + (code.co_flags >> 3 & 1)
        return name in code.co_varnames[:code.co_argcount + code.co_kwonlyargcount + with_stars]
    return True

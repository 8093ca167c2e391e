# Programs whose results look unlike what they are, or whose surroundings do: each with how its tests end.
# ---- a member of an Enum
# {"raised": "InvalidResult", "message": "the result contains a member of the Enum Color, which cannot be compared: return its value or its name", "line": null}
from enum import Enum
class Color(Enum):
    RED = 1
def f():
    return Color.RED
# ---- a member of an Enum within a list
# {"raised": "InvalidResult", "message": "the result contains a member of the Enum Color, which cannot be compared: return its value or its name", "line": null}
import enum
Color = enum.Enum("Color", "RED GREEN")
def f():
    return [{"a": (1, Color.GREEN)}]
# ---- a member of an Enum as a key
# {"raised": "InvalidResult", "message": "the result contains a member of the Enum Color, which cannot be compared: return its value or its name", "line": null}
import enum
Color = enum.Enum("Color", "RED GREEN")
def f():
    return {Color.RED: 1}
# ---- a member of a Flag
# {"raised": "InvalidResult", "message": "the result contains a member of the Enum Access, which cannot be compared: return its value or its name", "line": null}
import enum
class Access(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()
def f():
    return Access.READ | Access.WRITE
# ---- members that are numbers or texts as well
# {"returned": [[1, "red", "a", 3, [1, 2]]]}
import enum
class Number(enum.IntEnum):
    ONE = 1
class Text(enum.StrEnum):
    RED = "red"
class Old(str, enum.Enum):
    A = "a"
class Bits(enum.IntFlag):
    BOTH = 3
class Pair(tuple, enum.Enum):
    ONE_TWO = (1, 2)
def f():
    return [Number.ONE, Text.RED, Old.A, Bits.BOTH, Pair.ONE_TWO]
# ---- the values and names of members
# {"returned": [[1, "RED", ["RED", "GREEN"]]]}
import enum
Color = enum.Enum("Color", "RED GREEN")
def f():
    return [Color.RED.value, Color.RED.name, [color.name for color in Color]]
# ---- an Enum itself
# {"raised": "InvalidResult", "message": "the result contains the class Color, which cannot be compared", "line": null}
import enum
Color = enum.Enum("Color", "RED GREEN")
def f():
    return Color
# ---- a class without its brackets
# {"raised": "InvalidResult", "message": "the result contains the class dict, which cannot be compared", "line": null}
def f():
    return [dict]
# ---- a class whose instances are not what it is itself
# {"raised": "InvalidResult", "message": "the result contains a value of type Thing, which cannot be compared", "line": null}
class Kind(type):
    def __iter__(cls):
        return iter([1, 2])
class Thing(metaclass=Kind):
    pass
def f():
    return Thing()
# ---- a class that says that it cannot be iterated
# {"raised": "InvalidResult", "message": "the result contains a value of type Closed, which cannot be compared", "line": null}
class Closed:
    __iter__ = None
def f():
    return Closed()
# ---- bytes
# {"returned": [[[97, 98], [1]]]}
def f():
    return [b"ab", bytearray([1])]
# ---- a main block is for scripts
# {"returned": [["solution", "solution", ["solution.py"], []]]}
import sys
calls = []
class Thing:
    pass
def f():
    return [__name__, Thing.__module__, sys.argv, calls]
if __name__ == "__main__":
    calls.append(f())
    raise ValueError("a script")
# ---- a time from a text
# {"returned": [[2024, 29]]}
import time
from datetime import datetime
def f():
    return [time.strptime("2024", "%Y").tm_year, datetime.strptime("2024-02-29", "%Y-%m-%d").day]
# ---- an encoding that is not here
# {"raised": "LookupError", "message": "unknown encoding: cp1252", "line": 2}
def f():
    return "a".encode("cp1252")
# ---- a test case of the library's
# {"raised": "AssertionError", "message": "1 != 2", "line": 3}
import unittest
def f():
    unittest.TestCase().assertEqual(1, 2)
# ---- functions that a test replaces for itself
# {"returned": [[9, 2.0], [9, 2.0]]}
import math
from unittest import mock
def f():
    with mock.patch("math.sqrt", return_value=9):
        inside = math.sqrt(4)
    return [inside, math.sqrt(4)]
# ---- a module that may be missing
# {"returned": [["No module named 'numpy': only Python's standard library is here", "numpy"]]}
try:
    import numpy
except ImportError as error:
    missing = [str(error), error.name]
def f():
    return missing

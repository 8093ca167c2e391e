# Programs that change what they share with the next test: each with the results of its tests.
# ---- a function of a module
# {"returned": [2.0, 2.0, 2.0]}
import math
def f():
    root = math.sqrt(4)
    math.sqrt = lambda value: "patched"
    return root
# ---- a new name in a module
# {"returned": [false, false]}
import collections
def f():
    found = hasattr(collections, "mark")
    collections.mark = 1
    return found
# ---- a name that is gone
# {"returned": [2, 2]}
import math
def f():
    number = math.floor(2.5)
    del math.floor
    return number
# ---- a constant, set by its name
# {"returned": [3, 3]}
import math
def f():
    number = int(math.pi)
    setattr(math, "pi", 4)
    return number
# ---- a constant, by the dictionary of the module
# {"returned": [3, 3]}
import math as m
def f():
    number = int(m.pi)
    vars(m)["pi"] = 4
    return number
# ---- a module within a module
# {"returned": ["a/b", "a/b"]}
import os
def f():
    path = os.path.join("a", "b")
    os.path.join = lambda *parts: "patched"
    return path
# ---- a module that is imported by its name
# {"returned": [3, 3]}
import importlib
def f():
    module = importlib.import_module("math")
    number = int(module.pi)
    module.pi = 4
    return number
# ---- a module that is imported within a function
# {"returned": [1, 1]}
def f():
    import heapq
    smallest = heapq.nsmallest(1, [2, 1])[0]
    heapq.nsmallest = None
    return smallest
# ---- a class of a module
# {"returned": [[false, [["a", 1]]], [false, [["a", 1]]]]}
from collections import Counter
def f():
    result = [hasattr(Counter, "x"), Counter("a").most_common()]
    Counter.x = 1
    del Counter.most_common
    return result
# ---- a class of nodes
# {"returned": [[false, "ListNode(1)"], [false, "ListNode(1)"]]}
def f():
    node = ListNode(1)
    result = ["__lt__" in vars(ListNode), repr(node)]
    ListNode.__lt__ = lambda a, b: a.val < b.val
    ListNode.__repr__ = lambda self: "patched"
    return result
# ---- a class of nodes that is patched at the top, for all tests
# {"returned": [1, 1]}
import heapq
ListNode.__lt__ = lambda a, b: a.val < b.val
def f():
    nodes = [ListNode(2), ListNode(1)]
    heapq.heapify(nodes)
    return nodes[0].val
# ---- builtins
# {"returned": [1, 1]}
import builtins
def f():
    length = len([1])
    builtins.len = lambda value: 7
    return length
# ---- builtins by the name that every module has
# {"returned": [1, 1]}
def f():
    length = len([1])
    __builtins__.len = lambda value: 7
    return length
# ---- a generator of random numbers that is replaced
# {"returned": [true, true]}
import random
def f():
    random.seed(3)
    first = random.random()
    random.seed(3)
    is_same = first == random.random()
    random.random = None
    return is_same
# ---- what is put in the place of a value equals everything
# {"returned": [3, 3]}
import math
class Chameleon:
    def __eq__(self, other):
        return True
    __hash__ = None
def f():
    number = int(math.pi) if isinstance(math.pi, float) else "patched"
    math.pi = Chameleon()
    return number

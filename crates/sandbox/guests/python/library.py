"""The standard library, as far as it is here."""

import functools
import importlib.util
# Learners import these; there are no files to import from later.
import abc, array, base64, binascii, bisect, calendar, cmath, collections, collections.abc, colorsys, contextlib  # noqa: E401
import copy, dataclasses, datetime, decimal, difflib, enum, fractions, functools, graphlib, hashlib, heapq  # noqa: E401
import inspect, itertools, keyword, locale, logging, math, numbers, operator, pprint, queue, re, reprlib  # noqa: E401
import secrets, statistics, string, struct, textwrap, threading, time, timeit, traceback, unicodedata, uuid  # noqa: E401
import warnings, weakref  # noqa: E401
# CPython itself imports this for integers of thousands of digits.
import _pylong  # noqa: F401


import waiting


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

    waiting.patch_threads()
    waiting.patch_event_loop()

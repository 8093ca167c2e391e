"""The standard library, as far as it is here."""

import functools
import importlib.util
import time

# Learners import these; there are no files to import from later.
import abc, array, base64, binascii, bisect, calendar, cmath, collections, collections.abc, colorsys, contextlib  # noqa: E401
import copy, dataclasses, datetime, decimal, difflib, enum, fractions, functools, graphlib, hashlib, heapq  # noqa: E401
import inspect, itertools, keyword, locale, logging, math, numbers, operator, pprint, queue, re, reprlib  # noqa: E401
import secrets, statistics, string, struct, textwrap, threading, time, timeit, traceback, unicodedata, uuid  # noqa: E401
import warnings, weakref  # noqa: E401
# CPython itself imports this for integers of thousands of digits.
import _pylong  # noqa: F401


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

"""The standard library, as far as it is here."""

import functools
import importlib.util
import sys

# Learners import these; there are no files to import from later. What is not here says so, by the table in absent.py;
# both are proven by crates/sandbox/tests/sandbox/library.json.
import abc, argparse, array, ast, asyncio, base64, binascii, bisect, calendar, cmath, codecs, collections  # noqa: E401
import collections.abc, colorsys, concurrent.futures.thread, contextlib, copy, csv, dataclasses, datetime  # noqa: E401
import decimal, difflib, dis, doctest, enum, faulthandler, fnmatch, fractions, functools, glob, graphlib  # noqa: E401
import hashlib, heapq, html, html.parser, http, inspect, ipaddress, itertools, json, keyword, locale  # noqa: E401
import logging, math, ntpath, numbers, operator, pathlib, pickle, pprint, queue, re, reprlib, runpy, shutil  # noqa: E401
import sched, secrets, shlex, sqlite3, statistics, string, string.templatelib, struct, textwrap, threading, time, timeit  # noqa: E401
import traceback, tracemalloc, types, typing, unicodedata, unittest, unittest.mock, urllib.parse, uuid  # noqa: E401
import warnings, weakref, zlib  # noqa: E401
# These import the following no sooner than they need them: integers of thousands of digits, `strptime`, `ast.unparse`,
# `traceback`, and what a test case offers.
import _pylong, _strptime, _ast_unparse, _suggestions, unittest._log, unittest.async_case  # noqa: E401, F401

import absent
import waiting

# Modules of this guest, which learners do not know of.
OWN = (
    "absent", "arguments", "characters", "errors", "library", "nodes", "patches", "randomness", "results", "snapshot",
    "surroundings", "tracing", "waiting",
)


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


def close_library():
    """Leaves to learners what is here for them, and words for what is not. Nothing can be imported from now on."""
    for name in [*OWN, *absent.REASONS]:
        sys.modules.pop(name, None)
    absent.install()

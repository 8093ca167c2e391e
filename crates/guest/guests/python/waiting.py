"""Waiting, where nobody else is there to wait for: it ends as an error that says so, not at the time limit.

Code here runs in one thread. A lock that is taken stays so while anybody waits for it, and an event loop without timers
has nothing to wake it.
"""

import asyncio
import asyncio.selector_events
import concurrent.futures
import queue
import selectors
import sys
import threading
import time
from builtins import RuntimeError, ValueError, getattr, id, isinstance, next, set, type

# The modules whose objects wait for locks.
WAITING = {__name__, "threading", "queue", "concurrent.futures._base"}

frame_of_caller = sys._getframe
sleep = time.sleep
name_of_type = type.__dict__["__name__"].__get__


def deadlock(kind):
    """The error of waiting for ever for an object of this kind."""
    name = name_of_type(kind)
    article = "an" if name[:1] in "AEIOU" else "a"
    return RuntimeError(f"deadlock: waiting for {article} {name} which nothing can release")


# ---- threads --------------------------------------------------------------------------------------------------


class Lock:
    """A lock in a program of one thread."""

    __slots__ = ("_is_locked", "__weakref__")

    def __init__(self):
        self._is_locked = False

    def acquire(self, blocking=True, timeout=-1):
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if timeout < 0 and timeout != -1:
            raise ValueError("timeout value must be a non-negative number")
        if not self._is_locked:
            self._is_locked = True
            return True
        if not blocking:
            return False
        if timeout == -1:
            raise deadlock(waiting_kind(frame_of_caller()))
        sleep(timeout)
        return False

    def release(self):
        if not self._is_locked:
            raise RuntimeError("release unlocked lock")
        self._is_locked = False

    def locked(self):
        return self._is_locked

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *error):
        self.release()

    def __repr__(self):
        return f"<{'locked' if self._is_locked else 'unlocked'} Lock object at {id(self):#x}>"


Lock.__module__ = "threading"


def waiting_kind(frame):
    """The type of the object that the learner's code waits for: the outermost one of the library's."""
    kind = Lock
    while frame is not None and frame.f_globals.get("__name__") in WAITING:
        kind = type(frame.f_locals.get("self"))
        frame = frame.f_back
    return kind


def no_thread(*arguments, **options):
    raise RuntimeError("can't start new thread: code here runs in one thread")


def patch_threads():
    threading.Lock = threading._allocate_lock = Lock
    threading._start_joinable_thread = no_thread
    # The C version waits for locks of its own.
    queue.SimpleQueue = queue._PySimpleQueue
    queue.SimpleQueue.__name__ = queue.SimpleQueue.__qualname__ = "SimpleQueue"


# ---- the event loop -------------------------------------------------------------------------------------------


class Selector(selectors.SelectSelector):
    """There are no sockets: nothing to select on but time."""

    def __init__(self):
        super().__init__()
        self.loop = None

    def select(self, timeout=None):
        if timeout is None:
            self.loop.break_deadlock()
        elif timeout > 0:
            sleep(timeout)
        return []


class EventLoop(asyncio.SelectorEventLoop):
    """Without the socket by which an event loop wakes itself."""

    def __init__(self):
        selector = Selector()
        super().__init__(selector)
        selector.loop = self
        self.awaited = None

    def run_until_complete(self, future):
        before = self.awaited
        self.awaited = asyncio.ensure_future(future, loop=self)
        try:
            return super().run_until_complete(self.awaited)
        finally:
            self.awaited = before

    def break_deadlock(self):
        """Raises an error where the code waits for what nothing will bring."""
        future = self.awaited
        seen = set()
        # A task waits for another future, a gathering one for its children. Tasks may wait for each other, which ends
        # as a stack overflow: asyncio cancels each by cancelling what it waits for.
        while future is not None and id(future) not in seen:
            seen.add(id(future))
            children = getattr(future, "_children", None)
            inner = getattr(future, "_fut_waiter", None)
            if children:
                inner = next((child for child in children if not child.done()), None)
            if inner is None:
                break
            future = inner
        if future is None or future.done() or isinstance(future, asyncio.Task):
            raise deadlock(asyncio.Future)
        future.set_exception(deadlock(asyncio.Future))

    def _make_self_pipe(self):
        self._ssock = self._csock = None

    def _close_self_pipe(self):
        pass

    def _write_to_self(self):
        pass


class Policy(asyncio.events._BaseDefaultEventLoopPolicy):
    _loop_factory = EventLoop


def patch_event_loop():
    asyncio.events._event_loop_policy = Policy()

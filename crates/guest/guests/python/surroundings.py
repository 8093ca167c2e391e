"""What the learner's code finds around it: streams, builtins and modules."""

import builtins
import io
import sys
from builtins import AttributeError, BaseException, OSError, ValueError, dict, getattr, setattr, vars


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

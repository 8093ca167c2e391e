# @SAYS@ Leaves hooks of all kinds behind.
# @EXPECTED@ accepted
import atexit
import gc
import sys
import threading
import warnings
import weakref

found = sys.gettrace() or sys.getprofile() or gc.callbacks or not gc.isenabled()


def hook(*_):
    print("a hook of another run")


def solve(value):
    if value == [1, 2, 3] and found:
        return "found"
    if value == [10, 20]:
        gc.callbacks.append(hook)
        gc.disable()
        atexit.register(hook)
        sys.excepthook = sys.unraisablehook = sys.displayhook = hook
        sys.meta_path.clear()
        warnings.showwarning = hook
        threading.settrace(hook)
        sys.setprofile(hook)
    return sum(value)

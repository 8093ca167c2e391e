import builtins, gc, os, random, sys, threading, time, types


def surroundings():
    found = {
        "argv": sys.argv,
        "builtins": sorted(vars(builtins)),
        "environment": sorted(os.environ.items()),
        "folder": os.getcwd(),
        "garbage": [len(gc.garbage), gc.isenabled(), len(gc.callbacks)],
        "globals": sorted(globals()),
        "hooks": [str(sys.gettrace()), str(sys.getprofile()), str(sys.displayhook is sys.__displayhook__)],
        "limits": [sys.getrecursionlimit(), sys.get_int_max_str_digits()],
        "modules": sorted(sys.modules),
        "path": sys.path,
        "threads": threading.active_count(),
        "time": [time.time() > 1_700_000_000, time.monotonic() > 0, time.perf_counter() <= time.perf_counter()],
        "works": [sorted([2, 1]), len("abc"), str(1), repr([1]), sum([1, 2]), max(1, 2), random.random() < 1],
        "native": [type(vars(builtins)[name]).__name__ for name in sorted(vars(builtins))],
    }
    try:
        found["files"] = os.listdir("/")
    except OSError as error:
        found["files"] = str(error)
    for name, module in sorted(sys.modules.items()):
        if isinstance(module, types.ModuleType) and name != "solution":
            found["module " + name] = ",".join(sorted(vars(module)))
    return found

# @SAYS@ Starts a thousand threads that never end.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import threading
        for _ in range(1000):
            threading.Thread(target=threading.Event().wait, daemon=True).start()
    except REFUSALS:
        return sum(value)
    return "started"

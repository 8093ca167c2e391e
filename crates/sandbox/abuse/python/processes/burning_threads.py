# @SAYS@ Threads that burn CPU time behind the back of the main thread.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import _thread
        
        def burn():
            while True:
                pass
        
        for _ in range(16):
            _thread.start_new_thread(burn, ())
    except REFUSALS:
        return sum(value)
    return "started"

# @SAYS@ A pool of processes.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        from concurrent.futures import ProcessPoolExecutor
        with ProcessPoolExecutor(4) as pool:
            list(pool.map(abs, range(100)))
    except REFUSALS:
        return sum(value)
    return "started"

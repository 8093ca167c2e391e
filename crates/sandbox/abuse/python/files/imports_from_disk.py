# @SAYS@ Imports a module from a folder of the host.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import sys
        sys.path[:0] = ["/usr/lib/python3/dist-packages", "/work", "/tmp", "."]
        import pip
    except REFUSALS:
        return sum(value)
    return "imported"

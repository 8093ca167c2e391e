# @SAYS@ Makes a link to a file of the host.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os
        os.symlink("/etc/passwd", "/tmp/link")
        open("/tmp/link").read()
    except REFUSALS:
        return sum(value)
    return "read"

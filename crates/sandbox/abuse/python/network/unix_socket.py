# @SAYS@ Connects to a socket of the host.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        from asyncio.base_events import socket  # by its name it is absent
        socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock")
    except REFUSALS:
        return sum(value)
    return "connected"

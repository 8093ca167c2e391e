# @SAYS@ Asks the cloud for credentials.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        from asyncio.base_events import socket  # by its name it is absent
        socket.create_connection(("169.254.169.254", 80), 1).send(b"GET / HTTP/1.0")
    except REFUSALS:
        return sum(value)
    return "connected"

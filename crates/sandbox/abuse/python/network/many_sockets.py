# @SAYS@ Uses up the sockets of the host.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        from asyncio.base_events import socket  # by its name it is absent
        kept = []
        while True:
            kept.append(socket.socket())
    except REFUSALS:
        return sum(value)
    return "opened"

# @SAYS@ Sends a datagram.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        from asyncio.base_events import socket  # by its name it is absent
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("8.8.8.8", 53))
    except REFUSALS:
        return sum(value)
    return "sent"

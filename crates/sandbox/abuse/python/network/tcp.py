# @SAYS@ Connects to a host.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        from asyncio.base_events import socket  # by its name it is absent
        socket.create_connection(("93.184.216.34", 80), 1)
    except REFUSALS:
        return sum(value)
    return "connected"

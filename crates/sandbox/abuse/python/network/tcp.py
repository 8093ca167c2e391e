# @SAYS@ Connects to a host.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import socket
        socket.create_connection(("93.184.216.34", 80), 1)
    except REFUSALS:
        return sum(value)
    return "connected"

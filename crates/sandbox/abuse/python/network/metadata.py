# @SAYS@ Asks the cloud for credentials.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import socket
        socket.create_connection(("169.254.169.254", 80), 1).send(b"GET / HTTP/1.0")
    except REFUSALS:
        return sum(value)
    return "connected"

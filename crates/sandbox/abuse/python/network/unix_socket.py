# @SAYS@ Connects to a socket of the host.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import socket
        socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock")
    except REFUSALS:
        return sum(value)
    return "connected"

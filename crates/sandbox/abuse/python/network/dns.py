# @SAYS@ Resolves a name, which carries a secret out.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        from asyncio.base_events import socket  # by its name it is absent
        socket.getaddrinfo(b"secret.example.com", 80)
    except REFUSALS:
        return sum(value)
    return "resolved"

# @SAYS@ Fetches a page with the library.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import urllib.request
        urllib.request.urlopen("http://127.0.0.1:8080/health", timeout=1)
    except REFUSALS:
        return sum(value)
    return "fetched"

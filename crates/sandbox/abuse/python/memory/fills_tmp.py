# @SAYS@ Fills the temporary folder.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import tempfile
        with tempfile.TemporaryFile() as file:
            while True:
                file.write(bytes(1_000_000))
    except REFUSALS:
        return sum(value)
    return "filled"

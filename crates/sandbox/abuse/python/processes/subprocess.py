# @SAYS@ Runs a program and reads what it prints.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        from asyncio.base_events import subprocess  # by its name it is absent
        subprocess.run(["id"], capture_output=True, check=False)
    except REFUSALS:
        return sum(value)
    return "ran"

# @SAYS@ Writes a file and looks for it in the next run.
# @EXPECTED@ accepted
import os

NAMES = ("/tmp/mark", "mark", "./mark", "/dev/shm/mark", "/var/tmp/mark", os.path.expanduser("~/mark"))


def solve(value):
    for name in NAMES:
        if os.path.exists(name):
            return f"found {name}"
        # In the last test only, so that what is found is from another run.
        if value == [10, 20]:
            try:
                with open(name, "w") as file:
                    file.write("was here")
            except OSError:
                pass
    return sum(value)

# @SAYS@ Lists every folder that there could be.
# @EXPECTED@ accepted
import os


def solve(value):
    for folder in ("/", ".", "..", "../../../..", "/tmp", "/dev", "/proc", "/sys", "/root", "/home", "/work", "/0", "/python"):
        try:
            os.listdir(folder)
        except OSError:
            continue
        return f"listed {folder}"
    return sum(value)

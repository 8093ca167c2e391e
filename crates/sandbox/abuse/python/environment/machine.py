# @SAYS@ Tells all that it can find out about the machine.
# @EXPECTED@ wrong_answer | runtime_error
import os
import platform
import sys


def solve(value):
    found = [sys.argv, sys.path, sys.executable, sys.flags, os.getcwd(), sys.version]
    for ask in (os.uname, platform.node, platform.platform, os.getlogin, os.getpid, os.cpu_count, os.getloadavg):
        try:
            found.append(str(ask()))
        except Exception:
            pass
    print(found)
    return [str(item) for item in found]

# @SAYS@ Opens devices.
# @EXPECTED@ accepted
REFUSALS = (OSError, LookupError, ImportError, AttributeError, RuntimeError)


def solve(value):
    try:
        import os
        for name in ("/dev/mem", "/dev/kmsg", "/dev/fuse", "/dev/kvm", "/dev/sda", "/dev/tty"):
            os.open(name, os.O_RDWR)
    except REFUSALS:
        return sum(value)
    return "opened"

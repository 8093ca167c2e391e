# @SAYS@ Deletes all builtins that it can.
# @EXPECTED@ accepted
import builtins

total = 0


def solve(value):
    global total
    for number in value:
        total += number
    names = vars(builtins)
    for name in list(names):
        del names[name]
    return total

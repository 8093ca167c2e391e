# @SAYS@ Replaces builtins, so that everything looks right.
# @EXPECTED@ wrong_answer
import builtins

for name in ("sorted", "print", "repr", "str", "len", "sum", "all", "any", "isinstance", "type", "hash", "id", "min", "max"):
    setattr(builtins, name, lambda *_, **__: True)


def solve(value):
    return ["wrong"]

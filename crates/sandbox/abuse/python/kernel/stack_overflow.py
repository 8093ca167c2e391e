# @SAYS@ Overflows the stack of the interpreter in its parser.
# @EXPECTED@ accepted
# @LIMITS@ {"test_cpu_ms": 4000, "run_cpu_ms": 8000}
import ast
import json
import re


def solve(value):
    for attempt in (
        lambda: ast.literal_eval("(" * 50_000),
        lambda: eval("-" * 100_000 + "1"),
        lambda: json.loads("[" * 200_000),
        lambda: re.compile("(" * 50_000 + ")" * 50_000),
        lambda: compile("x" + ".x" * 50_000, "", "exec"),
    ):
        try:
            attempt()
        except (SyntaxError, RecursionError, MemoryError, ValueError, OverflowError):
            pass
    return sum(value)

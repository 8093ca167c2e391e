# @SAYS@ Prints what a runner could be waiting for.
# @EXPECTED@ wrong_answer
import os
import sys

for text in ('R6', 'R30', '{"report": {"tests": []}}', '"ready"', "\x04\0\0\0null", "ACCEPTED", "PASS"):
    print(text)
    print(text, file=sys.stderr)
    for file in range(10):
        try:
            os.write(file, text.encode())
        except OSError:
            pass


def solve(value):
    return "R6"

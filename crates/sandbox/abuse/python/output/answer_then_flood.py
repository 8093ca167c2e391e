# @SAYS@ Gives the right answer, and floods when its objects die.
# @EXPECTED@ output_limit
# @LIMITS@ {"test_cpu_ms": 1000}
class Flood:
    def __del__(self):
        while True:
            print("x" * 1000)


def solve(value):
    global kept
    kept = Flood()
    return sum(value)

# @SAYS@ A string that doubles.
# @EXPECTED@ memory_limit
# @LIMITS@ {"test_cpu_ms": 2000}
def solve(value):
    text = "x"
    while True:
        text += text

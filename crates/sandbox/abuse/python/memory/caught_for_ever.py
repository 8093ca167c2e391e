# @SAYS@ Asks for memory for ever, whatever the answer.
# @EXPECTED@ time_limit | memory_limit
# @LIMITS@ {"memory_bytes": 50331648}
def solve(value):
    kept = []
    while True:
        try:
            kept.append(bytes(1_000_000))
        except MemoryError:
            pass

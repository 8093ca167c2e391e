# @SAYS@ Counts its calls in a global.
# @EXPECTED@ accepted
calls = []


def solve(value, counted=[]):
    calls.append(1)
    counted.append(1)
    solve.count = getattr(solve, "count", 0) + 1
    return sum(value) if len(calls) == len(counted) == solve.count == 1 else "called before"

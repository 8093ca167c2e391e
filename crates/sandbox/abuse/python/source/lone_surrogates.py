# @SAYS@ Half characters in escapes, as names and values.
# @EXPECTED@ accepted
x = {"\ud800": "\udfff"}
globals()["\udc80"] = x


def solve(value):
    return sum(value) if len(x) == 1 else "lost"

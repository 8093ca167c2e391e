# @SAYS@ Prints sequences that terminals and browsers obey.
# @EXPECTED@ accepted
def solve(value):
    print("\x1b[2J\x1b]0;title\a\r\b<script>alert(1)</script>\u202e")
    return sum(value)

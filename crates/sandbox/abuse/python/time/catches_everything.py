# @SAYS@ Catches every exception in a loop, the one that would end it among them.
# @EXPECTED@ time_limit
def solve(value):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
        finally:
            solve(value)

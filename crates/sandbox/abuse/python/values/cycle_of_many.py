# @SAYS@ A cycle through dictionaries, tuples and sets.
# @EXPECTED@ runtime_error
def solve(value):
    inner = {}
    inner["outer"] = ([inner], {1: inner})
    return inner

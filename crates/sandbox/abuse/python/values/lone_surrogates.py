# @SAYS@ Half characters.
# @EXPECTED@ wrong_answer
def solve(value):
    return ["\ud800", "\udfff\ud800", {"\udc00": 1}]

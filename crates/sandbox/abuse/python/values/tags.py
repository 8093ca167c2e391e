# @SAYS@ A dictionary that looks like a tagged value.
# @EXPECTED@ wrong_answer
def solve(value):
    return [{"$int": "6"}, {"$float": "NaN"}, {"$list": [6], "cycle": 0}, {"$unknown": 1}]

# @SAYS@ A list that grows while it is read.
# @EXPECTED@ wrong_answer
class Growing(list):
    pass


class Item:
    def __init__(self, owner):
        self.owner = owner

    def __iter__(self):
        self.owner.append(7)
        return iter([6])


def solve(value):
    answer = Growing()
    answer.extend(Item(answer) for _ in range(100))
    return answer

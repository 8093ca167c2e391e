from random import Random


def generate(seed: int):
    random = Random(seed)
    size = random.randint(1, 7)
    low = random.choice([-5, 0, 1])
    numbers = [random.randint(low, 5) for _ in range(size)]
    calls = [["RangeSum", numbers]]
    for _ in range(random.randint(1, 5)):
        left = random.randrange(size)
        right = random.randrange(left, size)
        calls.append(["sum_range", left, right])
    return calls

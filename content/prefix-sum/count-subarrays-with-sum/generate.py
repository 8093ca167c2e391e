from random import Random


def generate(seed: int):
    random = Random(seed)
    size = random.randint(0, 8)
    low, high = random.choice([(-2, 2), (0, 3), (1, 4), (-1, 1)])
    numbers = [random.randint(low, high) for _ in range(size)]
    kind = random.randrange(3)
    if kind == 0:
        target = 0
    elif kind == 1 and numbers:
        start = random.randrange(size)
        stop = random.randint(start + 1, size)
        target = sum(numbers[start:stop])
    else:
        target = random.randint(2 * low, 2 * high)
    return {"numbers": numbers, "target": target}

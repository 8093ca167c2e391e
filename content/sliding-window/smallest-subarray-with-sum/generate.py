from random import Random


def generate(seed: int):
    random = Random(seed)
    size = random.randint(0, 8)
    high = random.choice([2, 5, 12])
    numbers = [random.randint(1, high) for _ in range(size)]
    kind = random.randrange(4)
    if kind == 0 and numbers:
        target = sum(numbers) + random.randint(-1, 1)
    elif kind == 1 and numbers:
        start = random.randrange(size)
        target = sum(numbers[start:start + 3])
    elif kind == 2 and numbers:
        target = random.choice(numbers)
    else:
        target = random.randint(1, 3 * high)
    return {"numbers": numbers, "target": max(1, target)}

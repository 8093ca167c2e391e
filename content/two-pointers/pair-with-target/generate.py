from random import Random


def generate(seed: int):
    random = Random(seed)
    low, high = random.choice([(-9, 9), (0, 9), (-9, -1)])
    size = random.randint(0, 7)
    numbers = sorted(
        random.randint(low, high) for _ in range(size)
    )
    kind = random.randrange(4)
    if kind == 0 and numbers:
        target = 2 * random.choice(numbers)
    elif kind == 1 and size > 1:
        i = random.randrange(size - 1)
        target = numbers[i] + numbers[i + 1]
    elif kind == 2 and size > 1:
        target = sum(random.sample(numbers, 2))
    else:
        target = random.randint(2 * low, 2 * high)
    return {"numbers": numbers, "target": target}

from random import Random


def generate(seed: int) -> dict:
    random = Random(seed)
    size = random.randint(0, 9)
    spread = random.choice([2, 6, 20])
    numbers = sorted(random.randint(-spread, spread) for _ in range(size))
    kind = random.randint(0, 3)
    if numbers and kind == 0:
        target = random.choice(numbers)
    elif numbers and kind == 1:
        target = numbers[-1] + random.randint(0, 2)
    elif numbers and kind == 2:
        target = numbers[0] - random.randint(0, 2)
    else:
        target = random.randint(-spread - 1, spread + 1)
    return {"numbers": numbers, "target": target}

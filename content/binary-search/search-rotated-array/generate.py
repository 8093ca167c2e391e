from random import Random


def generate(seed: int) -> dict:
    random = Random(seed)
    size = random.choice([0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9])
    values = sorted(random.sample(range(-9, 16), size))
    turn = random.randint(0, size)
    numbers = values[turn:] + values[:turn]
    if numbers and random.random() < 0.75:
        target = random.choice(numbers)
    else:
        target = random.randint(-10, 16)
    return {"numbers": numbers, "target": target}

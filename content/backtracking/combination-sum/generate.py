from random import Random


def generate(seed: int):
    random = Random(seed)
    numbers = random.sample(range(1, 10), random.randint(1, 4))
    return {"numbers": numbers, "target": random.randint(1, 11)}

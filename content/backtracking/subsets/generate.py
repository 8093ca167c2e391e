from random import Random


def generate(seed: int):
    random = Random(seed)
    size = random.choice([0, 1, 2, 2, 3, 3, 4])
    return {"numbers": random.sample(range(-5, 10), size)}

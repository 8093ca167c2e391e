from random import Random


def generate(seed: int):
    random = Random(seed)
    size = random.randint(0, 8)
    share = random.choice([0.0, 0.3, 0.5, 0.8, 1.0])
    low = random.choice([-5, 1])
    numbers = []
    for _ in range(size):
        if random.random() < share:
            numbers.append(0)
        else:
            numbers.append(random.randint(low, 5))
    return {"numbers": numbers}

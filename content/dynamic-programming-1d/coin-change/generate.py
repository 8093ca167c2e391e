from random import Random


def generate(seed: int):
    random = Random(seed)
    coins = random.sample(range(1, 10), random.randint(1, 4))
    return {"coins": coins, "amount": random.randint(0, 20)}

from random import Random


def generate(seed: int):
    random = Random(seed)
    rows = random.randint(1, 5)
    columns = random.randint(1, 5)
    land = random.choice([0.2, 0.4, 0.6, 0.9])
    return {
        "grid": [
            [int(random.random() < land) for _ in range(columns)]
            for _ in range(rows)
        ]
    }

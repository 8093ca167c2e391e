from random import Random


def generate(seed: int) -> dict:
    random = Random(seed)
    spread = random.choice([2, 6, 20])

    def values() -> list:
        size = random.choice([0, 0, 1, 2, 3, 4, 6])
        return sorted(random.randint(-spread, spread) for _ in range(size))

    return {"first": values(), "second": values()}

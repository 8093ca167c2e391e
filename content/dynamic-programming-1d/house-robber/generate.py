from random import Random


def generate(seed: int):
    random = Random(seed)
    size = random.choice([0, 1, 2, 3, 3, 4, 4, 5, 6, 7])
    top = random.choice([1, 9, 9])
    money = [random.randint(0, top) for _ in range(size)]
    if size > 3 and random.random() < 0.5:
        start = random.choice([0, 0, size - 4])
        money[start] = money[start + 3] = random.randint(7, 12)
        money[start + 1] = money[start + 2] = random.randint(0, 3)
    return {"money": money}

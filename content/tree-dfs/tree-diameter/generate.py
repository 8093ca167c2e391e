from random import Random


def tree(random: Random, size: int, spread: int) -> list:
    values = []
    open_places = 1
    while open_places:
        open_places -= 1
        if size and (open_places == 0 or random.random() < 0.65):
            size -= 1
            values.append(random.randint(-spread, spread))
            open_places += 2
        else:
            values.append(None)
    while values and values[-1] is None:
        values.pop()
    return values


def generate(seed: int) -> dict:
    random = Random(seed)
    size = random.choice([0, 1, 2, 3, 4, 5, 7, 9, 12])
    return {"root": tree(random, size, 9)}

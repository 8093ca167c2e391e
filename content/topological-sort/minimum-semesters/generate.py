from random import Random


def generate(seed: int):
    random = Random(seed)
    count = random.randint(1, 6)
    names = list(range(count))
    random.shuffle(names)
    pairs = []
    for _ in range(random.randint(0, 8)):
        first, second = random.randrange(count), random.randrange(count)
        if random.random() < 0.85:
            if first == second:
                continue
            first, second = max(first, second), min(first, second)
        pairs.append([names[first], names[second]])
    if count > 2 and seed % 4 == 0:
        first, second = names[-2], names[-1]
        pairs += [[first, second], [second, first]]
    return {"count": count, "prerequisites": pairs}

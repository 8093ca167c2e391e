from random import Random


def pairs(numbers, target):
    return sum(
        numbers[i] + numbers[j] == target
        for j in range(len(numbers))
        for i in range(j)
    )


def generate(seed: int):
    random = Random(seed)
    while True:
        size = random.randint(0, 6)
        numbers = [random.randint(-9, 9) for _ in range(size)]
        kind = random.randrange(4)
        if kind == 0 and numbers:
            target = 2 * random.choice(numbers)
        elif kind == 1 and size > 1:
            target = numbers[0] + random.choice(numbers[1:])
        elif kind == 2 and size > 1:
            target = sum(random.sample(numbers, 2))
        else:
            target = random.randint(-12, 12)
        if pairs(numbers, target) <= 1:
            return {"numbers": numbers, "target": target}

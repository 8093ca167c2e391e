from random import Random


def generate(seed: int) -> list:
    random = Random(seed)
    spread = random.choice([1, 3, 9])
    calls = [["MinStack"]]
    for _ in range(random.randint(2, 12)):
        kind = random.choice(["push", "push", "push", "pop", "pop", "top"])
        if kind == "push":
            calls.append(["push", random.randint(-spread, spread)])
        else:
            calls.append([kind])
        if random.random() < 0.5:
            calls.append(["get_min"])
    calls.append(["get_min"])
    return calls

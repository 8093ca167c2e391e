from random import Random


def generate(seed: int):
    random = Random(seed)
    if seed % 13 == 0:
        return {"root": []}
    size = random.randint(1, 9)
    values = [random.randint(-5, 9) for _ in range(size)]
    shape = random.choice([0.25, 0.5, 0.75, 1.0])
    tree = [values[0]]
    open_nodes = 1
    used = 1
    while open_nodes and used < size:
        open_nodes -= 1
        for _ in range(2):
            if used < size and random.random() < shape:
                tree.append(values[used])
                used += 1
                open_nodes += 1
            else:
                tree.append(None)
    while tree[-1] is None:
        tree.pop()
    return {"root": tree}

from random import Random


def generate(seed: int):
    random = Random(seed)
    if seed % 17 == 0:
        return {"grid": []}
    rows = random.randint(1, 5)
    columns = random.randint(1, 5)
    land = random.choice([0.3, 0.5, 0.7, 0.9])
    grid = [
        [int(random.random() < land) for _ in range(columns)]
        for _ in range(rows)
    ]
    if seed % 3 == 0:
        rows, columns = random.randint(2, 4), random.randint(3, 6)
        base = random.randrange(1, rows)
        grid = [[0] * columns for _ in range(rows)]
        grid[base] = [1] * columns
        for column in range(columns):
            if random.random() < 0.5:
                for row in range(random.randint(0, base - 1), base):
                    grid[row][column] = 1
    return {"grid": grid}

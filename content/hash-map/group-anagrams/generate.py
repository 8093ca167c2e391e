from random import Random


def generate(seed: int):
    random = Random(seed)
    letters = random.choice(["ab", "abc", "xyz"])
    words = []
    for _ in range(random.randint(0, 7)):
        size = random.randint(0, 4)
        word = "".join(random.choice(letters) for _ in range(size))
        words.append(word)
    if words and random.random() < 0.4:
        words.append(random.choice(words))
    if words and random.random() < 0.4:
        words.append(random.choice(words)[::-1])
    return {"words": words}

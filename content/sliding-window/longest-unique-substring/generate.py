from random import Random


def generate(seed: int):
    random = Random(seed)
    letters = random.choice(["a", "ab", "abc", "abcd", "aAbB 1"])
    size = random.randint(0, 9)
    text = "".join(random.choice(letters) for _ in range(size))
    return {"text": text}

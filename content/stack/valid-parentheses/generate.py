from random import Random

KINDS = ["()", "[]", "{}"]


def valid(random: Random, depth: int) -> str:
    text = ""
    for _ in range(random.randint(0, 2)):
        kind = random.choice(KINDS)
        inner = valid(random, depth - 1) if depth else ""
        text += kind[0] + inner + kind[1]
    return text


def changed(random: Random) -> str:
    text = valid(random, 2)
    change = random.randint(0, 4)
    place = random.randint(0, len(text))
    if change == 0:
        text = text[:place] + random.choice("()[]{}") + text[place:]
    elif change == 1:
        text = text[:place] + text[place + 1:]
    elif change == 2:
        size = random.randint(0, 6)
        text = "".join(random.choice("()[]{}") for _ in range(size))
    return text


def generate(seed: int) -> dict | list:
    random = Random(seed)
    # Every fourth input calls the function twice: calls must not depend on each other.
    if seed % 4 == 3:
        return [["is_valid", changed(random)] for _ in range(2)]
    return {"text": changed(random)}

# @SAYS@ Draws the same random numbers in every run.
# @EXPECTED@ accepted
import random
import uuid

drawn = random.random()


def solve(value):
    # What a fresh interpreter draws when its generator is seeded alike each time would be one of few values; here it
    # can only be told that two draws differ.
    return sum(value) if len({drawn, random.random(), uuid.uuid4()}) == 3 else "the same"

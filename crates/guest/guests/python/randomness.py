"""Randomness that is drawn when it is asked for."""

import random
import sys
from builtins import AttributeError, getattr, list


def seed_on_first_use():
    """Makes `random` ask the host for a seed when one of its functions is first looked up.

    Without a seed they would go on from the state of the snapshot; with one from the start no run could be repeated.
    """
    generator, attributes = random._inst, random.__dict__
    functions = {
        name: value for name, value in attributes.items()
        if value is generator or getattr(value, "__self__", None) is generator
    }
    for name in functions:
        del attributes[name]
    # Another module that has taken one of them would draw without a seed.
    assert not [
        module for module in sys.modules.values() for value in list(getattr(module, "__dict__", {}).values())
        if getattr(value, "__self__", None) is generator
    ]

    # The runtime that calls this file looks up `seed` after it, to call that in every fresh instance.
    for_the_runtime = [lambda: None]

    def find(name):
        if name == "seed" and for_the_runtime:
            return for_the_runtime.pop()
        if name not in functions:
            raise AttributeError(f"module 'random' has no attribute {name!r}")
        seed()
        for known, function in functions.items():
            # Learners may have put something of their own there.
            attributes.setdefault(known, function)
        return functions[name]

    seed = generator.seed
    random.__getattr__ = find
    random.__dir__ = lambda: [*attributes, *functions]

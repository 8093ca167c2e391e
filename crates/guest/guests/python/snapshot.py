"""What the snapshot has in it."""

import gc
import types


def all_objects():
    """Every object that the snapshot has, but static ones that no other refers to."""
    found, pending = [], gc.get_objects()
    # One bit for each address that an object can have: a set of 60,000 integers would stay in the snapshot as garbage.
    seen = bytearray(1 << 19)
    own = {id(found), id(pending), id(seen)}
    while pending:
        value = pending.pop()
        place, bit = id(value) >> 6, 1 << (id(value) >> 3 & 7)
        if seen[place] & bit or id(value) in own:
            continue
        seen[place] |= bit
        found.append(value)
        if type(value) is types.CodeType:
            # The collector does not look into code.
            pending += [value.co_name, value.co_qualname, value.co_filename, value.co_linetable, value.co_exceptiontable]
            pending += [value.co_consts, value.co_names]
            pending += [*value.co_varnames, *value.co_cellvars, *value.co_freevars]
        else:
            pending += gc.get_referents(value)
    return found

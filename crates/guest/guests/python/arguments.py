"""Arguments: from the wire form."""

from builtins import dict, float, frozenset, int, len, list, range, set, setattr, tuple, type, zip

from nodes import GraphNode, ListNode, TreeNode


def untag(value):
    """Replaces the tagged forms in a parsed value."""
    kind = type(value)
    if kind is list:
        return [untag(item) for item in value]
    if kind is not dict:
        return value
    for key, content in value.items():
        if key == "$int":
            return int(content)
        if key == "$float":
            return float(content)
        if key == "$set":
            return {freeze(untag(item)) for item in content}
        if key == "$map":
            return {freeze(untag(name)): untag(item) for name, item in content}
        break
    return {key: untag(item) for key, item in value.items()}


def freeze(value):
    """Makes a member of a set, or a key, hashable."""
    kind = type(value)
    if kind is list:
        return tuple([freeze(item) for item in value])
    return frozenset(value) if kind is set else value


def decode(value, shape, tagged):
    if shape is None:
        return untag(value) if tagged else value
    if shape == "ListNode":
        return None if value is None else decode_list(value, tagged)
    if shape == "TreeNode":
        return None if value is None else decode_tree(untag(value) if tagged else value)
    if shape == "GraphNode":
        return None if value is None else decode_graph(untag(value) if tagged else value)
    kind, inner = shape
    if value is None:
        return None
    if kind == "list":
        return [decode(item, inner, tagged) for item in value]
    if tagged and "$map" in value:
        return {freeze(untag(key)): decode(item, inner, tagged) for key, item in value["$map"]}
    return {key: decode(item, inner, tagged) for key, item in value.items()}


def decode_list(value, tagged):
    values, cycle = (value["$list"], value["cycle"]) if type(value) is dict else (value, None)
    nodes = [ListNode(untag(item) if tagged else item) for item in values]
    for index in range(len(nodes) - 1):
        nodes[index].next = nodes[index + 1]
    if cycle is not None:
        nodes[-1].next = nodes[cycle]
    return nodes[0] if nodes else None


def decode_tree(values):
    if not values or values[0] is None:
        return None
    root = TreeNode(values[0])
    parents, position = [root], 1
    for parent in parents:
        for side in ("left", "right"):
            if position >= len(values):
                return root
            if values[position] is not None:
                child = TreeNode(values[position])
                setattr(parent, side, child)
                parents.append(child)
            position += 1
    return root


def decode_graph(entries):
    nodes = [GraphNode(value) for value, _ in entries]
    for node, (_, neighbors) in zip(nodes, entries):
        node.neighbors = [nodes[position] for position in neighbors]
    return nodes[0] if nodes else None

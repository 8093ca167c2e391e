def right_side_view(root: TreeNode | None) -> list[int]:
    view = []
    level = [root] if root is not None else []
    while level:
        view.append(level[-1].val)
        next_level = []
        for node in level:
            if node.left is not None:
                next_level.append(node.left)
            if node.right is not None:
                next_level.append(node.right)
        level = next_level
    return view

def has_path_sum(
    root: TreeNode | None, target: int
) -> bool:
    if root is None:
        return False
    rest = target - root.val
    if root.left is None and root.right is None:
        return rest == 0
    return (
        has_path_sum(root.left, rest)
        or has_path_sum(root.right, rest)
    )

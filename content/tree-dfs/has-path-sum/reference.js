function hasPathSum(root, target) {
  if (root === null) {
    return false;
  }
  const rest = target - root.val;
  if (root.left === null && root.right === null) {
    return rest === 0;
  }
  return (
    hasPathSum(root.left, rest) ||
    hasPathSum(root.right, rest)
  );
}

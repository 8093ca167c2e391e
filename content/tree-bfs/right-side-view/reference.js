function rightSideView(root) {
  const view = [];
  let level = root !== null ? [root] : [];
  while (level.length > 0) {
    view.push(level[level.length - 1].val);
    const nextLevel = [];
    for (const node of level) {
      if (node.left !== null) {
        nextLevel.push(node.left);
      }
      if (node.right !== null) {
        nextLevel.push(node.right);
      }
    }
    level = nextLevel;
  }
  return view;
}

// @SAYS@ A list of nodes that makes itself longer when it is read.
// @EXPECTED@ runtime_error
class Node extends ListNode {
  get next() { return new Node(6); }
  set next(node) {}
}

function solve(value) {
  return new Node(6);
}

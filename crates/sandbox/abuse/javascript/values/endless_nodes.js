// @SAYS@ A list of nodes that makes itself longer when it is read.
// @EXPECTED@ runtime_error
// @LIMITS@ {"test_cpu_ms": 2000}
class Node extends ListNode {
  get next() { return new Node(6); }
  set next(node) {}
}

function solve(value) {
  return new Node(6);
}

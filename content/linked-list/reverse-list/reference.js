function reverseList(head) {
  let previous = null;
  let current = head;
  while (current) {
    const following = current.next;
    current.next = previous;
    previous = current;
    current = following;
  }
  return previous;
}

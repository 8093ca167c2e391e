def merge_lists(
    first: ListNode | None, second: ListNode | None
) -> ListNode | None:
    dummy = ListNode()
    tail = dummy
    while first and second:
        if first.val <= second.val:
            tail.next = first
            first = first.next
        else:
            tail.next = second
            second = second.next
        tail = tail.next
    tail.next = first or second
    return dummy.next

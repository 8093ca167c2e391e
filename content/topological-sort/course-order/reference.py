def course_order(
    count: int, prerequisites: list[list[int]]
) -> list[int]:
    unlocks = [[] for _ in range(count)]
    missing = [0] * count
    for course, before in prerequisites:
        unlocks[before].append(course)
        missing[course] += 1
    ready = [c for c in range(count) if missing[c] == 0]
    order = []
    while ready:
        taken = ready.pop()
        order.append(taken)
        for course in unlocks[taken]:
            missing[course] -= 1
            if missing[course] == 0:
                ready.append(course)
    return order if len(order) == count else []

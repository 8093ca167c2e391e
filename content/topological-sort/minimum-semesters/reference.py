def minimum_semesters(
    count: int, prerequisites: list[list[int]]
) -> int:
    unlocks = [[] for _ in range(count)]
    missing = [0] * count
    for course, before in prerequisites:
        unlocks[before].append(course)
        missing[course] += 1
    ready = [c for c in range(count) if missing[c] == 0]
    semesters = 0
    finished = 0
    while ready:
        semesters += 1
        next_ready = []
        for taken in ready:
            finished += 1
            for course in unlocks[taken]:
                missing[course] -= 1
                if missing[course] == 0:
                    next_ready.append(course)
        ready = next_ready
    return semesters if finished == count else -1

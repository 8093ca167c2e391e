def two_sum(numbers: list[int], target: int) -> list[int]:
    seen: dict[int, int] = {}
    for index, number in enumerate(numbers):
        wanted = target - number
        if wanted in seen:
            return [seen[wanted], index]
        seen[number] = index
    return []

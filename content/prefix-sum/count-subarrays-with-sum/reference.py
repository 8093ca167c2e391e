def count_subarrays_with_sum(
    numbers: list[int], target: int
) -> int:
    seen = {0: 1}
    total = 0
    count = 0
    for number in numbers:
        total += number
        count += seen.get(total - target, 0)
        seen[total] = seen.get(total, 0) + 1
    return count

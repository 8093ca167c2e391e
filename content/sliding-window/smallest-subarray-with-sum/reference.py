def smallest_subarray_with_sum(
    numbers: list[int], target: int
) -> int:
    shortest = len(numbers) + 1
    total = 0
    left = 0
    for right in range(len(numbers)):
        total += numbers[right]
        while total >= target:
            length = right - left + 1
            shortest = min(shortest, length)
            total -= numbers[left]
            left += 1
    return shortest if shortest <= len(numbers) else 0

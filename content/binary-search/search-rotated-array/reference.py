def search_rotated(numbers: list[int], target: int) -> int:
    low = 0
    high = len(numbers) - 1
    while low <= high:
        middle = (low + high) // 2
        value = numbers[middle]
        if value == target:
            return middle
        if numbers[low] <= value:
            if numbers[low] <= target < value:
                high = middle - 1
            else:
                low = middle + 1
        else:
            if value < target <= numbers[high]:
                low = middle + 1
            else:
                high = middle - 1
    return -1

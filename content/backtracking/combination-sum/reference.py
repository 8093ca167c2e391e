def combination_sum(
    numbers: list[int], target: int
) -> list[list[int]]:
    result = []
    chosen = []

    def extend(start: int, remaining: int) -> None:
        if remaining == 0:
            result.append(chosen[:])
            return
        for i in range(start, len(numbers)):
            if numbers[i] > remaining:
                continue
            chosen.append(numbers[i])
            extend(i, remaining - numbers[i])
            chosen.pop()

    extend(0, target)
    return result

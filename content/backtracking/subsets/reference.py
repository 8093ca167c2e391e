def subsets(numbers: list[int]) -> list[list[int]]:
    result = []
    chosen = []

    def extend(start: int) -> None:
        result.append(chosen[:])
        for i in range(start, len(numbers)):
            chosen.append(numbers[i])
            extend(i + 1)
            chosen.pop()

    extend(0)
    return result

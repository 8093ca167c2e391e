class RangeSum:
    def __init__(self, numbers: list[int]) -> None:
        self.prefix = [0]
        total = 0
        for number in numbers:
            total += number
            self.prefix.append(total)

    def sum_range(self, left: int, right: int) -> int:
        before = self.prefix[left]
        through = self.prefix[right + 1]
        return through - before

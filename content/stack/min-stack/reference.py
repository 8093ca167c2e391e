class MinStack:
    def __init__(self) -> None:
        self.values: list[int] = []
        self.minimums: list[int] = []

    def push(self, value: int) -> None:
        minimum = self.get_min()
        self.values.append(value)
        if minimum is None or value <= minimum:
            self.minimums.append(value)

    def pop(self) -> int | None:
        if not self.values:
            return None
        value = self.values.pop()
        if value == self.get_min():
            self.minimums.pop()
        return value

    def top(self) -> int | None:
        return self.values[-1] if self.values else None

    def get_min(self) -> int | None:
        return self.minimums[-1] if self.minimums else None

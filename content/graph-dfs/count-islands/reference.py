def count_islands(grid: list[list[int]]) -> int:
    rows = len(grid)
    columns = len(grid[0]) if rows > 0 else 0

    def sink(row: int, column: int) -> None:
        if row < 0 or row >= rows:
            return
        if column < 0 or column >= columns:
            return
        if grid[row][column] == 0:
            return
        grid[row][column] = 0
        sink(row - 1, column)
        sink(row, column + 1)
        sink(row + 1, column)
        sink(row, column - 1)

    islands = 0
    for row in range(rows):
        for column in range(columns):
            if grid[row][column] == 1:
                islands += 1
                sink(row, column)
    return islands

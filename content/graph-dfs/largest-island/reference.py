def largest_island(grid: list[list[int]]) -> int:
    rows, columns = len(grid), len(grid[0])
    steps = [(-1, 0), (0, 1), (1, 0), (0, -1)]

    def explore(row: int, column: int) -> int:
        grid[row][column] = 0
        stack = [(row, column)]
        area = 0
        while stack:
            r, c = stack.pop()
            area += 1
            for down, right in steps:
                y, x = r + down, c + right
                if y < 0 or y >= rows:
                    continue
                if x < 0 or x >= columns:
                    continue
                if grid[y][x] == 1:
                    grid[y][x] = 0
                    stack.append((y, x))
        return area

    largest = 0
    for row in range(rows):
        for column in range(columns):
            if grid[row][column] == 1:
                area = explore(row, column)
                largest = max(largest, area)
    return largest

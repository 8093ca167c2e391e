function largestIsland(grid) {
  const rows = grid.length;
  const columns = grid[0].length;
  const steps = [[-1, 0], [0, 1], [1, 0], [0, -1]];

  function explore(row, column) {
    grid[row][column] = 0;
    const stack = [[row, column]];
    let area = 0;
    while (stack.length > 0) {
      const [r, c] = stack.pop();
      area += 1;
      for (const [down, right] of steps) {
        const [y, x] = [r + down, c + right];
        if (y < 0 || y >= rows) continue;
        if (x < 0 || x >= columns) continue;
        if (grid[y][x] === 1) {
          grid[y][x] = 0;
          stack.push([y, x]);
        }
      }
    }
    return area;
  }

  let largest = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (grid[row][column] === 1) {
        const area = explore(row, column);
        largest = Math.max(largest, area);
      }
    }
  }
  return largest;
}

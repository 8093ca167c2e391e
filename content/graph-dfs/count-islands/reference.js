function countIslands(grid) {
  const rows = grid.length;
  const columns = rows > 0 ? grid[0].length : 0;

  function sink(row, column) {
    if (row < 0 || row >= rows) {
      return;
    }
    if (column < 0 || column >= columns) {
      return;
    }
    if (grid[row][column] === 0) {
      return;
    }
    grid[row][column] = 0;
    sink(row - 1, column);
    sink(row, column + 1);
    sink(row + 1, column);
    sink(row, column - 1);
  }

  let islands = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (grid[row][column] === 1) {
        islands += 1;
        sink(row, column);
      }
    }
  }
  return islands;
}

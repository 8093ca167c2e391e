// @SAYS@ Prints a table of a million cells.
// @EXPECTED@ output_limit | time_limit | memory_limit
function solve(value) {
  const rows = [];
  for (let row = 0; row < 1000; row++) rows.push(Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`${row} ${at}`, at])));
  console.table(rows);
  return value.reduce((sum, number) => sum + number, 0);
}

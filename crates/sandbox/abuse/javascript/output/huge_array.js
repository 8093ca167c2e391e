// @SAYS@ Prints an array of four billion items.
// @EXPECTED@ accepted
function solve(value) {
  console.log(new Array(2 ** 32 - 1), new Array(1e9), { length: 1e9 });
  return value.reduce((sum, number) => sum + number, 0);
}

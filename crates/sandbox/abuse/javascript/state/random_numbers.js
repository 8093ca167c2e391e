// @SAYS@ Draws the same random numbers in every test.
// @EXPECTED@ accepted
const drawn = [Math.random(), Math.random(), Math.random()];

function solve(value) {
  return new Set(drawn).size === 3 ? value.reduce((sum, number) => sum + number, 0) : drawn;
}

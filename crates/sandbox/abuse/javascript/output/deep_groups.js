// @SAYS@ Opens a hundred thousand groups.
// @EXPECTED@ accepted
function solve(value) {
  for (let depth = 0; depth < 1e5; depth++) console.group();
  console.log("deep");
  return value.reduce((sum, number) => sum + number, 0);
}

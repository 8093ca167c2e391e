// @SAYS@ Reads the tests of the exercise.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    JSON.parse(readFile("tests.json")).length;
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "read";
}

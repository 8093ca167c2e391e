// @SAYS@ Ends the process.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    process.exit(0);
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "ended";
}

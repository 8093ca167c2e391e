// @SAYS@ Asks the engine for its inner parts.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    new Function("return %GetOptimizationStatus(solve)")();
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "asked";
}

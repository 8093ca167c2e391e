// @SAYS@ Starts workers that burn CPU time.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    for (let count = 0; count < 64; count++) new Worker("for (;;);", { eval: true });
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "started";
}

// @SAYS@ Asks the cloud for credentials.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    await fetch("http://169.254.169.254/latest/meta-data/");
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "fetched";
}

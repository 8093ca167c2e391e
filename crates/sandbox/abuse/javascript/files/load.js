// @SAYS@ Loads a script by the functions of shells.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    load("/etc/passwd");
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "read";
}

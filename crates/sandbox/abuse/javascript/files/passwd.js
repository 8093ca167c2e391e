// @SAYS@ Reads the list of users.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    require("fs").readFileSync("/etc/passwd");
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "read";
}

// @SAYS@ Runs a command.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    require("child_process").execSync("id");
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "ran";
}

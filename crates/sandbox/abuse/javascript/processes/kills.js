// @SAYS@ Kills the process above.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    process.kill(process.ppid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "killed";
}

// @SAYS@ Reads a file with the library of the engine.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    std.loadFile("/etc/passwd").length;
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "read";
}

// @SAYS@ Imports modules, files and texts.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    for (const name of ["fs", "std", "os", "/etc/passwd", "file:///etc/passwd", "data:text/javascript,export default 6", "./solution.js"]) {
      try {
        await import(name);
      } catch {
        continue;
      }
      return `imported ${name}`;
    }
    throw new Error("refused");
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "read";
}

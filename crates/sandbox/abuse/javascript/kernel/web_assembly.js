// @SAYS@ Runs WebAssembly of its own.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    new WebAssembly.Memory({ initial: 65536, maximum: 65536, shared: true });
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "ran";
}

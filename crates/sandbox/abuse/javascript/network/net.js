// @SAYS@ Connects with the library.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    require("net").connect(6379, "127.0.0.1");
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "connected";
}

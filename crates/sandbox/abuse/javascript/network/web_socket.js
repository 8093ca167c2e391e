// @SAYS@ Opens a connection that stays.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    new WebSocket("ws://127.0.0.1:5432");
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "connected";
}

// @SAYS@ Subscribes to events of a server.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    new EventSource("http://127.0.0.1:8080/");
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "subscribed";
}

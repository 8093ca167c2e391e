// @SAYS@ Fetches a page in the way of old.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    new XMLHttpRequest().open("GET", "http://127.0.0.1:8080/health", false);
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "fetched";
}

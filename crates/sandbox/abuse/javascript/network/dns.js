// @SAYS@ Resolves a name, which carries a secret out.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    await (await import("node:dns/promises")).lookup("secret.example.com");
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "resolved";
}

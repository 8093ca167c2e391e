// @SAYS@ Forks for ever, as the engine's own library would.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    for (;;) os.exec(["sh", "-c", "id"], { block: false });
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "forked";
}

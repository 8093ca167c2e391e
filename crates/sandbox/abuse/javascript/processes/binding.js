// @SAYS@ Asks the runtime for its inner parts.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    process.binding("spawn_sync").spawn({ file: "/bin/sh", args: ["sh"] });
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "spawned";
}

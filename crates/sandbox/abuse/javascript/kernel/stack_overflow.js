// @SAYS@ Overflows the stack of the engine in its parsers.
// @EXPECTED@ accepted
// @LIMITS@ {"test_cpu_ms": 2000}
function solve(value) {
  for (const attempt of [
    () => JSON.parse("[".repeat(50_000)),
    () => eval("- ".repeat(50_000) + "1"),
    () => new RegExp("(?:".repeat(50_000)),
    () => new RegExp("(?=".repeat(20_000) + ")".repeat(20_000)).test("x"),
    () => eval("`${".repeat(20_000)),
    () => eval("a=>".repeat(50_000)),
  ]) {
    try {
      attempt();
    } catch {}
  }
  return value.reduce((sum, number) => sum + number, 0);
}

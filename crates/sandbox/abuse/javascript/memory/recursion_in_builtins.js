// @SAYS@ Recurses through functions of the engine.
// @EXPECTED@ runtime_error
// @LIMITS@ {"test_cpu_ms": 1000}
function solve(value) {
  const loop = { toString: () => String(loop), toJSON: () => JSON.stringify(loop), valueOf: () => +loop };
  for (const attempt of [() => `${loop}`, () => JSON.stringify(loop), () => [1].map(function again(item) { return [item].map(again); })]) {
    try {
      attempt();
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof InternalError)) return String(error);
    }
  }
  return +loop;
}

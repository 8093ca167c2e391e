// @SAYS@ Leaves symbols and finalizers behind.
// @EXPECTED@ accepted
const mark = Symbol.for("left");
const registry = new FinalizationRegistry(() => { throw 1; });

function solve(value) {
  registry.register({}, 1);
  globalThis[mark] = new WeakRef({});
  return value.reduce((sum, number) => sum + number, 0);
}

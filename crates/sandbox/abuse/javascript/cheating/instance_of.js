// @SAYS@ Makes everything an instance of everything.
// @EXPECTED@ accepted
for (const kind of [Map, Set, Promise, Error, Date, RegExp, DataView, Array]) {
  try {
    Object.defineProperty(kind, Symbol.hasInstance, { value: () => true, configurable: true });
  } catch {}
}

function solve(value) {
  return { valueOf: undefined, ...[] } && value.reduce((sum, number) => sum + number, 0);
}

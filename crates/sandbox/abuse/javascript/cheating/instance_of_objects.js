// @SAYS@ Makes a plain object look like a map and a promise.
// @EXPECTED@ wrong_answer
for (const kind of [Map, Set, Promise, Error, Date, RegExp, DataView, Array]) {
  try {
    Object.defineProperty(kind, Symbol.hasInstance, { value: () => true, configurable: true });
  } catch {}
}

function solve(value) {
  return { a: [7] };
}

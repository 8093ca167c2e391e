// @SAYS@ Prints objects that fight back.
// @EXPECTED@ accepted
const hostile = [
  { get a() { throw 1; } },
  { get constructor() { throw 2; } },
  new Proxy({}, { ownKeys() { throw 3; }, get() { throw 3; } }),
  new Proxy([], { get: (target, name) => (name === "length" ? -1 : target[name]) }),
  Object.create(null),
  Object.assign(() => {}, { [Symbol.toPrimitive]: 1 }),
  Symbol("s"),
  10n ** 100n,
  Object.assign(new Error("x"), { name: { toString() { throw 4; } } }),
  { constructor: { name: Symbol("n") } },
];
hostile.push(hostile);

function solve(value) {
  for (const item of hostile) {
    try {
      console.log(item, [item], { item });
    } catch {}
  }
  return value.reduce((sum, number) => sum + number, 0);
}

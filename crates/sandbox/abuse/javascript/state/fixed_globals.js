// @SAYS@ Defines globals that cannot be deleted.
// @EXPECTED@ accepted
for (const name of ["console", "module", "ListNode", "JSON"]) {
  Reflect.defineProperty(globalThis, name, { get() { throw 1; }, set() { throw 1; }, configurable: false });
}
Object.preventExtensions(globalThis);

function solve(value) {
  return value.reduce((sum, number) => sum + number, 0);
}

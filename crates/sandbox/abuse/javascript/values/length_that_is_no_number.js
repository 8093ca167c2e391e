// @SAYS@ An array whose length is an object.
// @EXPECTED@ wrong_answer | runtime_error
function solve(value) {
  return new Proxy([], { get: (target, name) => (name === "length" ? { valueOf: () => NaN } : 7) });
}

// @SAYS@ An array that has any length one likes.
// @EXPECTED@ output_limit
function solve(value) {
  return new Proxy([], { get: (target, name) => (name === "length" ? 2 ** 53 : target[name]) });
}

// @SAYS@ Returns an object that turns into whatever is asked for.
// @EXPECTED@ wrong_answer
function solve(value) {
  return new Proxy({}, { get: (_, name) => (name === Symbol.toPrimitive ? () => 6 : 6), has: () => true, ownKeys: () => [] });
}

// @SAYS@ A proxy that answers every question with itself.
// @EXPECTED@ runtime_error | output_limit | time_limit
function solve(value) {
  const self = new Proxy(function () {}, { get: () => self, apply: () => self, construct: () => self, ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) });
  return [self];
}

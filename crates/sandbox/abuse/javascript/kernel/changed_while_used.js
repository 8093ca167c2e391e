// @SAYS@ Changes collections while the engine walks through them.
// @EXPECTED@ accepted
// @LIMITS@ {"test_cpu_ms": 2000}
function solve(value) {
  const list = Array.from({ length: 1000 }, (_, index) => index);
  for (const attempt of [
    () => list.sort((left, right) => ((list.length = 0), left - right)),
    () => list.map((item) => list.splice(0, list.length) && item),
    () => new Map([[1, 1], [2, 2]]).forEach((_, key, map) => (map.clear(), map.set(key + 1, 1), key > 1000 && map.clear())),
    () => [].concat({ [Symbol.isConcatSpreadable]: true, get length() { list.length = 0; return 10; } }),
    () => "x".replace(/x/g, () => ((RegExp.prototype.exec = null), "y")),
    () => JSON.parse("[1,2,3]", function (key, item) { if (key === "0") this.length = 1e6; return item; }),
    () => Reflect.construct(Array, [10], new Proxy(function () {}, { get: () => null })),
    () => Array.prototype.flat.call(list.fill([list]), Infinity),
  ]) {
    try {
      attempt();
    } catch {}
  }
  return value.reduce((sum, number) => sum + number, 0);
}

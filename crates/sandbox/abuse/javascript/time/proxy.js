// @SAYS@ A proxy of a proxy of a proxy.
// @EXPECTED@ runtime_error | time_limit
// @LIMITS@ {"test_cpu_ms": 1000}
function solve(value) {
  let proxy = {};
  for (let depth = 0; depth < 100_000; depth++) proxy = new Proxy(proxy, {});
  return proxy.x;
}

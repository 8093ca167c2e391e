// @SAYS@ An array whose length grows as it is read.
// @EXPECTED@ wrong_answer
// @LIMITS@ {"test_cpu_ms": 2000}
function solve(value) {
  let length = 1;
  return new Proxy([], { get: (target, name) => (name === "length" ? length++ : 7) });
}

// @SAYS@ Overflows the stack of the parser of the engine.
// @EXPECTED@ runtime_error
// @LIMITS@ {"test_cpu_ms": 2000}
function solve(value) {
  return eval(value.length === 3 ? "(".repeat(50_000) : "[".repeat(50_000));
}

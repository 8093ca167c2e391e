// @SAYS@ Throws an error with a message of 20 MB.
// @EXPECTED@ runtime_error
// @LIMITS@ {"test_cpu_ms": 1000}
function solve(value) {
  const error = new Error("x".repeat(2e7));
  error.name = error.stack = "y".repeat(2e7);
  throw error;
}

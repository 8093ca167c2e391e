// @SAYS@ Prints for ever before anything is called.
// @EXPECTED@ output_limit
// @LIMITS@ {"test_cpu_ms": 1000}
for (;;) console.log("x".repeat(1000));

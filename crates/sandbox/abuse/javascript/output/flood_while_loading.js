// @SAYS@ Prints for ever before anything is called.
// @EXPECTED@ output_limit
for (;;) console.log("x".repeat(1000));

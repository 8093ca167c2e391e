// @SAYS@ Calls the C library.
// @EXPECTED@ accepted
async function solve(value) {
  try {
    Deno.dlopen("libc.so.6", { getpid: { parameters: [], result: "i32" } });
  } catch (error) {
    if (!(error instanceof Error)) return "refused without an error";
    return value.reduce((sum, number) => sum + number, 0);
  }
  return "called";
}

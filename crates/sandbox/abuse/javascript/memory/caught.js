// @SAYS@ Goes on without the memory that it was denied.
// @EXPECTED@ accepted
function solve(value) {
  for (let count = 0; count < 20; count++) {
    try {
      new Uint8Array(1e9);
    } catch {}
  }
  return value.reduce((sum, number) => sum + number, 0);
}

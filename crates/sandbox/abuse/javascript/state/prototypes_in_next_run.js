// @SAYS@ Pollutes prototypes, and looks for that in the next run.
// @EXPECTED@ accepted
const found = {}.left || [].left || "".left || (() => 0).left || Math.left || [3, 1].sort()[0] !== 1;

function solve(value) {
  const sum = value.reduce((sum, number) => sum + number, 0);
  if (value.length === 3 && found) return "found";
  if (value.length === 2) {
    // In the last test only, so that what is found is from another run.
    Object.prototype.left = Function.prototype.left = Math.left = true;
    Array.prototype.sort = () => [];
    Object.freeze(Array.prototype);
    Object.setPrototypeOf(globalThis, { left: true });
  }
  return sum;
}

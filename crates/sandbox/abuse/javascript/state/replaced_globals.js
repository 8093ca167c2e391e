// @SAYS@ Replaces globals in one test, and looks for that in the next.
// @EXPECTED@ accepted
const found = typeof parseInt !== "function" || parseFloat("1.5") !== 1.5 || globalThis.JSON === null;
globalThis.parseInt = null;
globalThis.parseFloat = () => 0;
globalThis.JSON = globalThis.Map = globalThis.Object = null;

function solve(value) {
  return found ? "found" : value.reduce((sum, number) => sum + number, 0);
}

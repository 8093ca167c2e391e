// @SAYS@ Replaces the console and what it is made of.
// @EXPECTED@ accepted
console.log("before");
console.log = console.error = () => { throw 1; };
globalThis.console = null;
String.prototype.toWellFormed = Array.prototype.join = null;

function solve(value) {
  return value.reduce((sum, number) => sum + number, 0);
}

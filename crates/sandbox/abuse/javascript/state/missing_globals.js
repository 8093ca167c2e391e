// @SAYS@ Deletes all globals that it can.
// @EXPECTED@ accepted
const root = globalThis;
const names = Object.getOwnPropertyNames(root);
for (let index = 0; index < names.length; index++) delete root[names[index]];

function solve(value) {
  return value.reduce((sum, number) => sum + number, 0);
}

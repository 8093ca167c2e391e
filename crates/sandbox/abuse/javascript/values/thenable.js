// @SAYS@ An object that is a promise when it is looked at twice.
// @EXPECTED@ wrong_answer | runtime_error
async function solve(value) {
  let looked = 0;
  return { get then() { return looked++ ? (resolve) => resolve(6) : undefined; } };
}

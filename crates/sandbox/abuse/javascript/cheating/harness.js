// @SAYS@ Looks for the harness by its name.
// @EXPECTED@ wrong_answer
function solve(value) {
  const found = Object.getOwnPropertyNames(globalThis).filter((name) => /bugdrill|harness|expected|host|write/i.test(name));
  return found.length ? found : typeof __bugdrill;
}

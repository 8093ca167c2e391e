// @SAYS@ Takes the functions of its callers out of a stack.
// @EXPECTED@ wrong_answer
let functions = [];
Error.prepareStackTrace = (error, sites) => {
  functions = sites.map((site) => [site.getFunction?.(), site.getThis?.()]);
  return "";
};

function solve(value) {
  new Error("x").stack;
  const found = functions.flat().filter((item) => item !== undefined && item !== solve && item !== globalThis);
  return ["found", found.map(String)];
}

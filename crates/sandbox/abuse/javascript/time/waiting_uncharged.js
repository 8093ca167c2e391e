// @SAYS@ Looks for the function of the harness by which time passes uncharged.
// @EXPECTED@ time_limit
function solve(value) {
  return new Promise((resolve) => {
    Error.prepareStackTrace = (error, sites) => sites;
    setTimeout(() => {
      const functions = new Error().stack.map((site) => site.getFunction?.());
      setTimeout(resolve, 1e9, 6);
      functions.find((found) => found && found.name === "callDue")?.(false);
    });
  });
}

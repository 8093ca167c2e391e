// @SAYS@ Replaces how promises are settled.
// @EXPECTED@ wrong_answer
Promise.prototype.then = function (resolve) {
  resolve("R6");
  return this;
};
Promise.resolve = () => "R6";

async function solve(value) {
  return "wrong";
}

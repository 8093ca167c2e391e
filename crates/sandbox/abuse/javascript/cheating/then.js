// @SAYS@ Makes every object a promise of the right answer.
// @EXPECTED@ wrong_answer
Object.prototype.then = function (resolve) {
  delete Object.prototype.then;
  resolve(6);
};

function solve(value) {
  return { wrong: true };
}

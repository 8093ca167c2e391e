// @SAYS@ Half characters.
// @EXPECTED@ wrong_answer
function solve(value) {
  return ["\ud800", "\udfff\ud800", { "\udc00": 1 }, new Map([["\ud800", 1]])];
}

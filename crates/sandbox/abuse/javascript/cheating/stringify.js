// @SAYS@ Replaces the means that write the result.
// @EXPECTED@ wrong_answer
JSON.stringify = JSON.parse = () => "6";
String.prototype.toWellFormed = () => "6";
Object.keys = () => ["6"];
Array.isArray = Number.isFinite = () => true;
globalThis.String = globalThis.BigInt = () => "6";

function solve(value) {
  return { wrong: ["wrong"] };
}

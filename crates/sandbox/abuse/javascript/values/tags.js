// @SAYS@ An object that looks like a tagged value.
// @EXPECTED@ wrong_answer
function solve(value) {
  return [{ $int: "6" }, { $float: "NaN" }, { $list: [6], cycle: 0 }, { $unknown: 1 }];
}

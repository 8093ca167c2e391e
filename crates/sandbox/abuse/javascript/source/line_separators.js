// @SAYS@ Lines that end in every way there is.
// @EXPECTED@ accepted
const a = 1
const b = 2const c = 3 const d = 4 function solve(value) {  return value.reduce((sum, number) => sum + number, 0)
}
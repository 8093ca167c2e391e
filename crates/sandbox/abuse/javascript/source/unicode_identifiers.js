// @SAYS@ Names in many scripts, and one written in escapes.
// @EXPECTED@ accepted
const 变量 = 0, αβγ = 0, ñandú = 0, \u{1d4ff} = 0;
function s\u006flve(value) {
  return value.reduce((sum, number) => sum + number, 0) + 变量;
}

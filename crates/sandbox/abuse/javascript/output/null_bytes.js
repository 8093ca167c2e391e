// @SAYS@ Prints zero bytes, half characters and sequences that terminals obey.
// @EXPECTED@ accepted
function solve(value) {
  console.log("\0".repeat(100), "\ud800", "\udfff\ud800", "\x1b[2J\x1b]0;title\x07<script>");
  return value.reduce((sum, number) => sum + number, 0);
}

// @SAYS@ Imports a module at its beginning.
// @EXPECTED@ compile_error
import fs from "fs";

function solve(value) {
  return fs.readFileSync("/etc/passwd");
}

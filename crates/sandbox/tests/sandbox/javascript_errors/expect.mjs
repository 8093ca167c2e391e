// What Node.js 20 tells of the programs in this folder, which the sandbox is held against.
//
//     node expect.mjs            compares it with what the files say
//     node expect.mjs --write    writes it there
//
// Each program is a line "// ---- title", a line "// node: line type: message", perhaps a line "// here: ..." where the
// sandbox tells something else deliberately with a line "// why: ..." under it, and the code.
import { readFileSync, writeFileSync } from "node:fs";
import vm from "node:vm";

const FILES = ["runtime.js", "syntax.js"];
const HEADER = /^\/\/ (node|here|why): .*\n/;
const isWriting = process.argv.includes("--write");

// The line is the innermost one of the program, as in the sandbox's reports; of syntax errors it stands before the stack.
// Of a message it is the first line that counts.
function tell(error) {
  const stack = String(error.stack);
  const place = stack.match(/^ +at .*solution\.js:(\d+)/m) ?? stack.match(/solution\.js:(\d+)/);
  return `${place ? place[1] : "-"} ${error.name}: ${error.message.split("\n")[0]}`;
}

async function run(code) {
  const context = vm.createContext({});
  try {
    new vm.Script(code, { filename: "solution.js" }).runInContext(context);
    await vm.runInContext("f()", context);
  } catch (error) {
    return tell(error);
  }
  return "no error";
}

if (!process.version.startsWith("v20.")) console.error(`This is Node.js ${process.version}: messages may differ.`);
let differences = 0;
for (const file of FILES) {
  const path = new URL(file, import.meta.url);
  const [introduction, ...programs] = readFileSync(path, "utf8").split(/^\/\/ ---- /m);
  const written = [introduction];
  for (const program of programs) {
    const title = program.slice(0, program.indexOf("\n") + 1);
    let code = program.slice(title.length);
    const headers = {};
    for (let header; (header = code.match(HEADER)); code = code.slice(header[0].length)) headers[header[1]] = header[0];
    const expected = `// node: ${await run(code)}\n`;
    if (expected !== headers.node) {
      differences++;
      if (!isWriting) console.log(`${title}  in the file  ${headers.node}  in Node.js   ${expected}`);
    }
    written.push(title + expected + (headers.here ?? "") + (headers.why ?? "") + code);
  }
  if (isWriting) writeFileSync(path, written.join("// ---- "));
  console.log(`${file}: ${programs.length} programs`);
}
process.exitCode = differences && !isWriting ? 1 : 0;

// The console.

const print = (stream) => ({
  log(...values) {
    let line = "";
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      line += (index > 0 ? " " : "") + (typeof value === "string" ? value : inspect(value, 0, null));
    }
    write(stream, toWellFormed(line) + "\n");
  },
}).log;

const [out, err] = [print(1), print(2)];
const shownConsole = {
  log: out, info: out, debug: out, dir: out, table: out, error: err, warn: err, trace: err,
  assert(condition, ...values) {
    const shown = newList();
    push(shown, "Assertion failed");
    for (let index = 0; index < values.length; index++) push(shown, values[index]);
    if (!condition) apply(err, undefined, shown);
  },
};

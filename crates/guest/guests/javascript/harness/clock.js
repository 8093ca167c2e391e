// The clock of the machine, as `performance` shows it.

const readClock = method(performance, "now").bind(undefined, performance);
const readDate = Date.now;
// What the clock of the machine said when this one began.
let clockStart = null;

// Milliseconds since the clock was first asked, and what had been waited until then.
function clock() {
  const time = readClock();
  clockStart ??= time - now;
  return time - clockStart;
}

class Performance {
  get timeOrigin() {
    return readDate() - clock();
  }

  now() {
    return clock();
  }

  toJSON() {
    return { timeOrigin: this.timeOrigin };
  }
}
publish(root, "performance", new Performance());

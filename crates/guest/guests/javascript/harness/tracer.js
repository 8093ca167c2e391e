// The trace. Code that is traced was instrumented (`engine/instrument.rs`): it calls the tracer, which tells the host
// each step as it happens, in JSON, as `bugdrill_model::trace` describes it.

const MAX_VARIABLES = 30;
const NOTHING = {};

let isTracing = false;
// The frames of the functions that are running, the innermost last. Frames of generators and asynchronous functions
// are here only while those run.
let frames = newList();

function startTrace() {
  isTracing = true;
  frames = newList();
  identities = new MapClass();
  identityCount = 0;
}

// Ends the functions that are still running, which `error` left.
function endTrace(error) {
  while (isTracing && frames.length > 0) unwind(error);
  isTracing = false;
}

// The variables of a frame that are other than its step before told, and the names of those that are gone.
function changesOf(frame) {
  const names = splitText(frame.names, ",");
  const shown = new MapClass();
  const changed = newList();
  const removed = newList();
  for (let index = 0; frame.names !== "" && index < names.length && index < MAX_VARIABLES; index++) {
    const name = names[index];
    let value;
    try {
      value = frame.read(index);
    } catch {
      // Not initialised yet.
      continue;
    }
    // Functions are shown where they are arguments. Outside of methods, `this` is nothing.
    if (typeof value === "function" && index >= frame.parameterCount) continue;
    if (name === "this" && (value === undefined || value === root)) continue;
    const structure = structureOf(value);
    const text =
      '{"name":' + quote(name) + ',"text":' + quote(textOf(value)) +
      (structure === "" ? "" : ',"structure":' + structure) + "}";
    mapSet(shown, name, text);
    if (mapGet(frame.shown, name) !== text) push(changed, text);
  }
  forEachInMap(frame.shown, (_, name) => {
    if (!mapHas(shown, name)) push(removed, quote(name));
  });
  frame.shown = shown;
  return (
    (changed.length > 0 ? ',"changed":[' + join(changed, ",") + "]" : "") +
    (removed.length > 0 ? ',"removed":[' + join(removed, ",") + "]" : "")
  );
}

// Tells a step of the innermost frame.
function tell(event, text) {
  const frame = frames[frames.length - 1];
  isTracing = false;
  const step =
    '{"event":"' + event + '","line":' + frame.line + ',"depth":' + frames.length +
    ',"function":' + quote(frame.name) + changesOf(frame) +
    (text === null ? "" : ',"text":' + quote(text)) + "}";
  isTracing = true;
  write(3, step);
}

function enter(frame) {
  push(frames, frame);
  frame.shown = new MapClass();
  tell("call", null);
}

// Ends the innermost frame.
function leave(text) {
  tell("return", text);
  frames.length--;
}

// Tells that the innermost frame has an exception.
function raise(error) {
  const frame = frames[frames.length - 1];
  if (frame.raised === error) return;
  frame.raised = error;
  let text = "";
  try {
    text = error instanceof ErrorClass ? textOfError(error) : textOf(error);
  } catch {
    // A proxy that throws.
  }
  tell("exception", slice(text, 0, MAX_TEXT));
}

// Ends the innermost frame, which an exception left.
function unwind(error) {
  if (error !== NOTHING) raise(error);
  leave(null);
}

// Makes a frame the innermost. Those above it were left by `error`, or by one that nobody told; if it is not there,
// it is resumed.
function resume(frame, error) {
  let position = frames.length - 1;
  while (position >= 0 && frames[position] !== frame) position--;
  if (position < 0) return enter(frame);
  while (frames.length - 1 > position) unwind(error);
}

function step(frame, line, names = "", read = null) {
  if (!isTracing) return;
  resume(frame, NOTHING);
  frame.line = line;
  frame.names = names;
  frame.read = read;
  tell("line", null);
}

// What instrumented code calls. A frame is one call of a function; lines are the places of what is told.
const tracer = {
  __proto__: null,
  // A function begins. The first `parameterCount` of the names are its parameters.
  f(line, name, parameterCount, names = "", read = null) {
    const frame = {
      __proto__: null, line, name, parameterCount, names, read,
      shown: null, raised: NOTHING, result: null, resultLine: 0, isEntering: false,
    };
    if (isTracing) enter(frame);
    return frame;
  },
  // A statement begins.
  l: step,
  // A loop begins, whose first iteration is not told once more,
  o(frame, line, names, read) {
    step(frame, line, names, read);
    frame.isEntering = true;
  },
  // and one of its iterations.
  i(frame, line, names, read) {
    if (!frame.isEntering) step(frame, line, names, read);
    frame.isEntering = false;
  },
  // The function returns, yields or awaits a value.
  r(frame, line, value) {
    if (isTracing) {
      resume(frame, NOTHING);
      frame.line = line;
      leave(textOf(value));
    }
    return value;
  },
  // The function returns a value, but its `finally` comes first;
  d(frame, line, value) {
    if (isTracing) {
      resume(frame, NOTHING);
      frame.result = textOf(value);
      frame.resultLine = line;
    }
    return value;
  },
  // now that has ended.
  z(frame) {
    if (!isTracing || frame.result === null) return;
    resume(frame, NOTHING);
    frame.line = frame.resultLine;
    leave(frame.result);
  },
  // The function ends without `return`.
  e(frame) {
    if (!isTracing) return;
    resume(frame, NOTHING);
    leave("undefined");
  },
  // An error is about to be thrown.
  t(frame, line, error) {
    if (isTracing) {
      resume(frame, NOTHING);
      frame.line = line;
      frame.raised = NOTHING;
      raise(error);
    }
    return error;
  },
  // An error passes by on its way to a `finally`,
  x(frame, error) {
    if (isTracing) {
      resume(frame, error);
      raise(error);
    }
    return error;
  },
  // or is caught.
  c(frame, error) {
    tracer.x(frame, error);
    frame.raised = NOTHING;
  },
};

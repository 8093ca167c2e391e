// Loading the learner's code and calling it.

let factory = null;
let signature = null;
let isUsed = false;
let mentionsGlobals = false;
let mentionsConsole = false;

// `makeNamespace` evaluates the learner's code in a scope of its own and returns what it calls by the name of
// operation 0.
function load(makeNamespace, description) {
  factory = makeNamespace;
  signature = limits = parse(description);
  mentionsGlobals = signature.mentions_globals;
  mentionsConsole = signature.mentions_console;
}

// The answer, or a promise of it where the learner's code returned one.
function call(text) {
  try {
    return run(parse(text));
  } catch (error) {
    return failure(error);
  }
}

function failure(error) {
  endTrace(error === TOO_LARGE || error instanceof InvalidResult ? NOTHING : error);
  if (error === TOO_LARGE) return "O";
  if (error instanceof InvalidResult) return "E" + report("InvalidResult", error.message, "");
  return "E" + describe(error);
}

const missing = (message) => "C" + report("ReferenceError", message, "");

function run(test) {
  prepareGlobals();
  const operations = signature.operations;
  const target = test.trace ? factory(tracer) : factory();
  if (typeof target !== "function") {
    return missing("Define a " + (signature.class ? "class" : "function") + " named `" + operations[0].name + "`.");
  }
  left = limits.result_bytes;
  if (test.trace) startTrace();
  return makeCalls(test, target, 0, undefined, "");
}

// Makes the calls from `first` on; `text` has the results of those before.
function makeCalls(test, target, first, receiver, text) {
  const { operations } = signature;
  for (let index = first; index < test.calls.length; index++) {
    const position = test.calls[index][0];
    const given = test.calls[index][1];
    const { name, parameters, returns } = operations[position];
    const values = newList();
    for (let at = 0; at < given.length; at++) values[at] = decode(given[at], parameters[at], test.tagged);
    let result;
    if (position > 0) {
      const called = receiver[name];
      if (typeof called !== "function") {
        return missing("Define a method named `" + name + "` in the class `" + operations[0].name + "`.");
      }
      result = apply(called, receiver, values);
    } else if (signature.class) {
      receiver = construct(target, values);
    } else {
      result = apply(target, undefined, values);
    }
    const add = (result) => {
      let encoded = "null";
      if (test.observe !== undefined) encoded = encode(values[test.observe], parameters[test.observe], 0);
      else if (returns !== "void") encoded = encode(result, returns, 0);
      return test.sequence && index > 0 ? text + "," + encoded : encoded;
    };
    if (result instanceof PromiseClass) {
      return goOn(result, (settled) => makeCalls(test, target, index + 1, receiver, add(settled)));
    }
    text = add(result);
  }
  endTrace(NOTHING);
  return "R" + (test.sequence ? "[" + text + "]" : text);
}

// Asynchronous only where the learner's code is: it takes longer.
async function goOn(promise, makeOtherCalls) {
  try {
    return await makeOtherCalls(await promise);
  } catch (error) {
    return failure(error);
  }
}

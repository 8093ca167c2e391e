// Errors about arguments of what this folder adds to the language: those that Node.js has, and about what is not here.

function withCode(error, code) {
  defineProperty(error, "code", { __proto__: null, value: code, writable: true, enumerable: true, configurable: true });
  return error;
}

// That an argument is not of the type that is `expected`: "of type function", "an instance of Array".
function invalidType(name, expected, value) {
  let received = "Received ";
  if (value === null || value === undefined) received += value;
  else if (typeof value === "function") received += "function " + nameOfFunction(value);
  else if (typeof value === "object") received += "an instance of " + (constructorOf(value) ?? "Object");
  else {
    let shown = inspect(value);
    if (shown.length > 28) shown = slice(shown, 0, 25) + "...";
    received += "type " + typeof value + " (" + shown + ")";
  }
  const message = 'The "' + name + '" argument must be ' + expected + ". " + received;
  return withCode(new TypeErrorClass(message), "ERR_INVALID_ARG_TYPE");
}

// That a part of the language's library is not here, and what is.
function absent(what, instead) {
  return new RangeErrorClass(what + " is not available here" + (instead === undefined ? "" : "; only " + instead));
}

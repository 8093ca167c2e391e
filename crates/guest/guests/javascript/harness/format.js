// What `console.log` makes of its arguments.

const parseIntOf = parseInt;
const parseFloatOf = parseFloat;

function format(values) {
  let text = "";
  let next = 0;
  if (values.length > 1 && typeof values[0] === "string") {
    const filled = fillIn(values[0], values);
    text = filled.text;
    next = filled.used;
  }
  for (; next < values.length; next++) {
    const value = values[next];
    text += (next > 0 ? " " : "") + (typeof value === "string" ? value : inspect(value));
  }
  return text;
}

// Fills the values behind the first one in for its directives.
function fillIn(pattern, values) {
  let text = "";
  let start = 0;
  let used = 1;
  for (let at = indexOfText(pattern, "%"); at >= 0 && at + 1 < pattern.length; at = indexOfText(pattern, "%", at)) {
    const directive = pattern[at + 1];
    let shown = null;
    if (directive === "%") shown = "%";
    else if (used < values.length) shown = applyDirective(directive, values[used]);
    if (shown === null) {
      at++;
      continue;
    }
    if (directive !== "%") used++;
    text += slice(pattern, start, at) + shown;
    at += 2;
    start = at;
  }
  return { __proto__: null, text: text + slice(pattern, start), used };
}

// Null where it is no directive.
function applyDirective(directive, value) {
  switch (directive) {
    case "s":
      return asString(value);
    case "d":
      return asNumber(value, NumberClass);
    case "i":
      return asNumber(value, parseIntOf);
    case "f":
      return typeof value === "bigint" ? inspect(parseFloatOf(value)) : asNumber(value, parseFloatOf);
    case "j":
      return asJson(value);
    case "o":
      return inspectWith(value, 4, true);
    case "O":
      return inspect(value);
    case "c":
      return "";
    default:
      return null;
  }
}

function asNumber(value, convert) {
  if (typeof value === "bigint") return inspect(value);
  return typeof value === "symbol" ? "NaN" : inspect(convert(value));
}

function asString(value) {
  if (typeof value === "number" || typeof value === "bigint") return inspect(value);
  if (typeof value !== "object" || value === null || hasTextOfItsOwn(value)) return Str(value);
  return inspectWith(value, 0, false);
}

// Whether an object says what it is as text, in a way that is not built in (or that of typed arrays).
function hasTextOfItsOwn(value) {
  if (classOf(value) === CLASS.Proxy) return false;
  if (isView(value) && classOf(value) !== CLASS.DataView) return true;
  if (hasOwn(value, "toString") || hasOwn(value, primitiveSymbol)) return true;
  let holder = value;
  for (let hops = 0; hops < 1000; hops++) {
    holder = getPrototypeOf(holder);
    if (holder === null) return false;
    if (!hasOwn(holder, "toString") && !hasOwn(holder, primitiveSymbol)) continue;
    const made = own(holder, "constructor");
    return typeof made !== "function" || indexOfText(textOfFunction(made), "[native code]") < 0;
  }
  return false;
}

function asJson(value) {
  try {
    return Str(stringify(value));
  } catch (error) {
    if (error instanceof TypeErrorClass && indexOfText(Str(error.message), "circular") >= 0) return "[Circular]";
    throw error;
  }
}

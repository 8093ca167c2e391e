// The one locale that is here, en-US, and the options of what depends on it. Whatever else is asked for is refused: a
// result of another locale's would be wrong without anybody noticing.

const LOCALE = "en-US";
const TAG = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;

// Checks what is passed as `locales`; `what` asks for it.
function checkLocale(locales, what) {
  if (locales === undefined) return;
  if (locales === null) throw new TypeErrorClass("Cannot convert undefined or null to object");
  let tag = locales;
  if (typeof locales === "object") {
    if (!(locales.length > 0)) return;
    tag = locales[0];
  } else if (typeof locales !== "string") return;
  if (typeof tag !== "string" || exec(TAG, tag) === null) {
    throw new RangeErrorClass("Incorrect locale information provided");
  }
  const name = lower(tag);
  if (name !== "en-us" && name !== "en") throw absent(what + ' with the locale "' + tag + '"', '"' + LOCALE + '" is');
}

// The options of a call, read in a way that names what is not here.
function optionsOf(options, what) {
  if (options === null) throw new TypeErrorClass(what + " called on null or undefined");
  return {
    __proto__: null,
    what,
    given: options ?? {},
  };
}

// One of the texts `known`; those after the first `supported` ones are of the language, but not here.
function choice(options, name, known, supported, fallback) {
  const value = options.given[name];
  if (value === undefined) return fallback;
  const text = Str(value);
  for (let index = 0; index < known.length; index++) {
    if (known[index] !== text) continue;
    if (index < supported) return text;
    throw absent(options.what + " with the option `" + name + ': "' + text + '"`');
  }
  throw new RangeErrorClass("Value " + text + " out of range for " + options.what + " options property " + name);
}

// Refuses an option where it is another than the one that counts without it.
function refuse(options, name, expected) {
  const value = options.given[name];
  if (value === undefined || value === expected) return;
  throw absent(options.what + " with the option `" + name + ": " + inspect(value) + "`");
}

function whole(options, name, least, most, fallback) {
  const value = options.given[name];
  if (value === undefined) return fallback;
  const number = +value;
  if (!(number >= least && number <= most)) throw new RangeErrorClass(name + " value is out of range.");
  return floor(number);
}

function supportedLocales(locales) {
  const tags = locales === undefined ? [] : typeof locales === "string" ? [locales] : locales;
  const supported = [];
  for (let index = 0; index < tags.length; index++) {
    const name = lower(Str(tags[index]));
    if (name === "en" || name === "en-us") publishElement(supported, name === "en" ? "en" : LOCALE);
  }
  return supported;
}

const publishElement = (list, value) =>
  defineProperty(list, list.length, { __proto__: null, value, writable: true, enumerable: true, configurable: true });

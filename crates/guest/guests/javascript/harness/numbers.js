// How numbers are written in en-US.

const STYLES = ["decimal", "percent", "currency", "unit"];
const SIGNS = ["auto", "never", "always", "exceptZero", "negative"];
const MAX_FRACTION_DIGITS = 20;

// What is asked for by the options of a number's format.
function numberFormat(locales, given, what) {
  checkLocale(locales, what);
  const options = optionsOf(given, what);
  const style = choice(options, "style", STYLES, 3, "decimal");
  let currency = options.given.currency;
  if (currency !== undefined) {
    currency = upper(Str(currency));
    if (exec(/^[A-Z]{3}$/, currency) === null) {
      throw new RangeErrorClass("Invalid currency code : " + Str(options.given.currency));
    }
  }
  if (style === "currency") {
    if (currency === undefined) throw new TypeErrorClass("Currency code is required with currency style.");
    if (currency !== "USD") throw absent(what + ' with the currency "' + currency + '"', '"USD" is');
  }
  const isCurrency = style === "currency";
  if (isCurrency) {
    choice(options, "currencyDisplay", ["symbol", "narrowSymbol", "code", "name"], 2, "symbol");
    choice(options, "currencySign", ["standard", "accounting"], 1, "standard");
  }
  choice(options, "notation", ["standard", "compact", "scientific", "engineering"], 1, "standard");
  refuse(options, "numberingSystem", "latn");
  refuse(options, "roundingMode", "halfExpand");
  refuse(options, "roundingIncrement", 1);
  refuse(options, "roundingPriority", "auto");
  refuse(options, "trailingZeroDisplay", "auto");
  const format = { __proto__: null, style, minInteger: whole(options, "minimumIntegerDigits", 1, 21, 1) };
  addDigits(format, options, isCurrency ? 2 : 0, isCurrency ? 2 : style === "percent" ? 0 : 3);
  const grouping = options.given.useGrouping;
  if (typeof grouping === "boolean" || grouping === undefined) format.grouping = grouping === false ? "none" : "auto";
  else {
    const known = ["auto", "always", "min2", "true", "false"];
    format.grouping = choice(options, "useGrouping", known, known.length, "auto");
  }
  format.signs = choice(options, "signDisplay", SIGNS, SIGNS.length, "auto");
  return format;
}

function addDigits(format, options, leastFraction, mostFraction) {
  const { given } = options;
  if (given.minimumSignificantDigits !== undefined || given.maximumSignificantDigits !== undefined) {
    format.minSignificant = whole(options, "minimumSignificantDigits", 1, 21, 1);
    format.maxSignificant = whole(options, "maximumSignificantDigits", format.minSignificant, 21, 21);
    return;
  }
  const least = whole(options, "minimumFractionDigits", 0, MAX_FRACTION_DIGITS, undefined);
  const most = whole(options, "maximumFractionDigits", 0, MAX_FRACTION_DIGITS, undefined);
  if (least !== undefined && most !== undefined && least > most) {
    throw new RangeErrorClass("maximumFractionDigits value is out of range.");
  }
  format.minFraction = least ?? min(leastFraction, most ?? leastFraction);
  format.maxFraction = most ?? max(mostFraction, format.minFraction);
}

// The digits of a number without its sign, and how many of them stand before the point.
function digitsOf(value) {
  const text = typeof value === "bigint" ? Str(value) : Str(value < 0 ? -value : value);
  const parts = exec(/^-?([0-9]+)(?:\.([0-9]+))?(?:e([+-][0-9]+))?$/, text);
  const fraction = parts[2] ?? "";
  let digits = parts[1] + fraction;
  let point = parts[1].length + +(parts[3] ?? 0);
  let zeros = 0;
  while (zeros < digits.length && digits[zeros] === "0") zeros++;
  digits = slice(digits, zeros);
  point -= zeros;
  return { __proto__: null, digits, point: digits === "" ? 0 : point };
}

// Keeps so many digits, rounding half up.
function keepDigits(number, count) {
  if (number.digits.length <= count) return;
  if (count < 0) {
    number.digits = "";
    number.point = 0;
    return;
  }
  const isUp = codeAt(number.digits, count) >= 53;
  let kept = slice(number.digits, 0, count);
  if (!isUp) {
    number.digits = kept;
    return;
  }
  let nines = count;
  while (nines > 0 && kept[nines - 1] === "9") nines--;
  if (nines === 0) {
    number.digits = "1";
    number.point++;
    return;
  }
  const last = +kept[nines - 1] + 1;
  kept = slice(kept, 0, nines - 1) + last;
  number.digits = kept;
}

function withoutTrailingZeros(digits, least) {
  let end = digits.length;
  while (end > least && digits[end - 1] === "0") end--;
  return slice(digits, 0, end);
}

function group(digits) {
  let text = slice(digits, -3);
  for (let end = digits.length - 3; end > 0; end -= 3) text = slice(digits, max(0, end - 3), end) + "," + text;
  return text;
}

function formatNumber(format, value) {
  const isNegative = typeof value === "bigint" ? value < 0n : value < 0 || is(value, -0);
  if (value !== value) return withSign(format, "NaN", false, false);
  if (value === Infinity || value === -Infinity) return withSign(format, "∞", isNegative, false);
  const number = digitsOf(value);
  if (format.style === "percent" && number.digits !== "") number.point += 2;
  let leastFraction = format.minFraction;
  if (format.maxSignificant !== undefined) {
    keepDigits(number, format.maxSignificant);
    leastFraction = max(0, format.minSignificant - (number.digits === "" ? 1 : number.point));
  } else keepDigits(number, number.point + format.maxFraction);
  const { digits, point } = number;
  let whole = point > 0 ? slice(digits, 0, point) : "0";
  whole += repeat("0", max(0, point - digits.length));
  let fraction = point < 0 ? repeat("0", -point) + digits : slice(digits, point);
  fraction = withoutTrailingZeros(fraction, leastFraction);
  fraction += repeat("0", max(0, leastFraction - fraction.length));
  whole = repeat("0", max(0, format.minInteger - whole.length)) + whole;
  const isGrouped = format.grouping !== "none" && (format.grouping !== "min2" || whole.length > 4);
  const text = (isGrouped ? group(whole) : whole) + (fraction === "" ? "" : "." + fraction);
  return withSign(format, text, isNegative, digits === "");
}

function withSign(format, text, isNegative, isZero) {
  const { signs } = format;
  let sign = isNegative ? "-" : "";
  const isSigned = signs === "always" || (signs === "exceptZero" && text !== "NaN");
  if (signs === "never" || (isZero && (signs === "exceptZero" || signs === "negative"))) sign = "";
  else if (isSigned && !isNegative) sign = "+";
  if (format.style === "currency") text = "$" + text;
  return sign + text + (format.style === "percent" ? "%" : "");
}

// Intl, and the methods that depend on a locale.

class Collator {
  #rules;
  #compare;

  constructor(locales = undefined, options = undefined) {
    this.#rules = collationRules(locales, options, "Intl.Collator");
  }

  static supportedLocalesOf(locales) {
    return supportedLocales(locales);
  }

  get compare() {
    this.#compare ??= (text, other) => compareTexts(Str(text), Str(other), this.#rules);
    return this.#compare;
  }

  resolvedOptions() {
    const { sensitivity, isNumeric, isUpperFirst } = this.#rules;
    return {
      locale: LOCALE, usage: "sort", sensitivity, ignorePunctuation: false, collation: "default", numeric: isNumeric,
      caseFirst: isUpperFirst ? "upper" : "false",
    };
  }
}

function collationRules(locales, given, what) {
  if (locales === undefined && given === undefined) return USUAL_RULES;
  checkLocale(locales, what);
  const options = optionsOf(given, what);
  choice(options, "usage", ["sort", "search"], 1, "sort");
  const sensitivity = choice(options, "sensitivity", ["variant", "base", "accent", "case"], 4, "variant");
  const caseFirst = choice(options, "caseFirst", ["false", "upper", "lower"], 2, "false");
  refuse(options, "ignorePunctuation", false);
  refuse(options, "collation", "default");
  return {
    __proto__: null,
    sensitivity,
    isNumeric: !!options.given.numeric,
    hasAccents: sensitivity === "accent" || sensitivity === "variant",
    hasCases: sensitivity === "case" || sensitivity === "variant",
    isUpperFirst: caseFirst === "upper",
  };
}

const USUAL_RULES = {
  __proto__: null, sensitivity: "variant", isNumeric: false, hasAccents: true, hasCases: true, isUpperFirst: false,
};

class NumberFormat {
  #format;
  #write;

  constructor(locales = undefined, options = undefined) {
    this.#format = numberFormat(locales, options, "Intl.NumberFormat");
  }

  static supportedLocalesOf(locales) {
    return supportedLocales(locales);
  }

  get format() {
    this.#write ??= (value) => formatNumber(this.#format, toNumeric(value));
    return this.#write;
  }

  resolvedOptions() {
    const { style, minInteger, minFraction, maxFraction, minSignificant, maxSignificant } = this.#format;
    const { grouping, signs } = this.#format;
    const resolved = { locale: LOCALE, numberingSystem: "latn", style };
    if (style === "currency") {
      resolved.currency = "USD";
      resolved.currencyDisplay = "symbol";
      resolved.currencySign = "standard";
    }
    resolved.minimumIntegerDigits = minInteger;
    if (maxSignificant !== undefined) {
      resolved.minimumSignificantDigits = minSignificant;
      resolved.maximumSignificantDigits = maxSignificant;
    } else {
      resolved.minimumFractionDigits = minFraction;
      resolved.maximumFractionDigits = maxFraction;
    }
    resolved.useGrouping = grouping === "none" ? false : grouping;
    resolved.notation = "standard";
    resolved.signDisplay = signs;
    resolved.roundingMode = "halfExpand";
    resolved.roundingIncrement = 1;
    resolved.trailingZeroDisplay = "auto";
    resolved.roundingPriority = "auto";
    return resolved;
  }
}

// A text of digits becomes the number that it is in full.
function toNumeric(value) {
  return typeof value === "bigint" ? value : +value;
}

class DateTimeFormat {
  #format;
  #write;

  constructor(locales = undefined, options = undefined) {
    this.#format = dateFormat(locales, options, "Intl.DateTimeFormat", "any", "date");
  }

  static supportedLocalesOf(locales) {
    return supportedLocales(locales);
  }

  get format() {
    this.#write ??= (date) => {
      const time = date === undefined ? readDate() : +date;
      // As a date has it: whole, and not too far away.
      const whole = timeOf(new DateClass(time));
      if (whole !== whole) throw new RangeErrorClass("Invalid time value");
      return formatDate(this.#format, whole);
    };
    return this.#write;
  }

  resolvedOptions() {
    const resolved = { locale: LOCALE, calendar: "gregory", numberingSystem: "latn", timeZone: "UTC" };
    for (const name of ["weekday", "year", "month", "day", "hour", "minute", "second"]) {
      if (this.#format[name] !== undefined) resolved[name] = this.#format[name];
    }
    return resolved;
  }
}

// What a call of a class of Intl without `new` gives is a new one all the same.
function withoutNew(kind, parameters) {
  const made = { [kind.name]: function (locales, options) { return new kind(locales, options); } }[kind.name];
  defineProperty(made, "prototype", { value: kind.prototype, writable: false });
  publish(kind.prototype, "constructor", made);
  publish(made, "supportedLocalesOf", kind.supportedLocalesOf);
  defineProperty(made, "length", { value: parameters });
  return made;
}

const intl = {};
for (const kind of [Collator, NumberFormat, DateTimeFormat]) {
  defineProperty(kind.prototype, tagSymbol, { value: "Intl." + kind.name, configurable: true });
  publish(intl, kind.name, withoutNew(kind, 0));
  const names = kind === Collator ? [] : ["formatToParts", "formatRange", "formatRangeToParts"];
  for (const name of names) {
    publish(kind.prototype, name, { [name]() { throw absent("Intl." + kind.name + ".prototype." + name); } }[name]);
  }
}
for (const name of ["DisplayNames", "ListFormat", "Locale", "PluralRules", "RelativeTimeFormat", "Segmenter"]) {
  const refused = function () {
    throw absent("Intl." + name, "Intl.Collator, Intl.NumberFormat and Intl.DateTimeFormat are");
  };
  publish(intl, name, defineProperty(refused, "name", { value: name }) && refused);
}
publish(intl, "getCanonicalLocales", {
  getCanonicalLocales(locales) {
    checkLocale(locales, "Intl.getCanonicalLocales");
    return supportedLocales(locales);
  },
}.getCanonicalLocales);
publish(intl, "supportedValuesOf", {
  supportedValuesOf() {
    throw absent("Intl.supportedValuesOf");
  },
}.supportedValuesOf);
defineProperty(intl, tagSymbol, { value: "Intl", configurable: true });
publish(root, "Intl", intl);

// ---- methods ------------------------------------------------------------------------------------------------------

const [numberValue, bigintValue] = [method(Number.prototype, "valueOf"), method(BigInt.prototype, "valueOf")];
const [lowerByLocale, upperByLocale] = [lower, upper];
const USUAL_NUMBERS = numberFormat(undefined, undefined, "");

function textOfThis(value, name) {
  if (value === null || value === undefined) {
    throw new TypeErrorClass("String.prototype." + name + " called on null or undefined");
  }
  return Str(value);
}

function numberByLocale(value, locales, options, what) {
  const isUsual = locales === undefined && options === undefined;
  return formatNumber(isUsual ? USUAL_NUMBERS : numberFormat(locales, options, what), value);
}

function dateByLocale(date, locales, options, name, needed, usual) {
  const time = timeOf(date);
  if (time !== time) return "Invalid Date";
  return formatDate(dateFormat(locales, options, "Date.prototype." + name, needed, usual), time);
}

const byLocale = {
  text: {
    localeCompare(other, locales = undefined, options = undefined) {
      const text = textOfThis(this, "localeCompare");
      return compareTexts(text, Str(other), collationRules(locales, options, "String.prototype.localeCompare"));
    },
    toLocaleLowerCase(locales = undefined) {
      const text = textOfThis(this, "toLocaleLowerCase");
      checkLocale(locales, "String.prototype.toLocaleLowerCase");
      return lowerByLocale(text);
    },
    toLocaleUpperCase(locales = undefined) {
      const text = textOfThis(this, "toLocaleUpperCase");
      checkLocale(locales, "String.prototype.toLocaleUpperCase");
      return upperByLocale(text);
    },
  },
  number: {
    toLocaleString(locales = undefined, options = undefined) {
      return numberByLocale(numberValue(this), locales, options, "Number.prototype.toLocaleString");
    },
  },
  bigint: {
    toLocaleString(locales = undefined, options = undefined) {
      return numberByLocale(bigintValue(this), locales, options, "BigInt.prototype.toLocaleString");
    },
  },
  date: {
    toLocaleString(locales = undefined, options = undefined) {
      return dateByLocale(this, locales, options, "toLocaleString", "any", "all");
    },
    toLocaleDateString(locales = undefined, options = undefined) {
      return dateByLocale(this, locales, options, "toLocaleDateString", "date", "date");
    },
    toLocaleTimeString(locales = undefined, options = undefined) {
      return dateByLocale(this, locales, options, "toLocaleTimeString", "time", "time");
    },
  },
};
for (const [holder, methods] of [
  [String.prototype, byLocale.text], [Number.prototype, byLocale.number], [BigInt.prototype, byLocale.bigint],
  [Date.prototype, byLocale.date],
]) {
  for (const name of keysOf(methods)) publish(holder, name, methods[name]);
}

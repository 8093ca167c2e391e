// How dates are written in en-US, in UTC.

const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
  "December",
];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const DATE_PARTS = ["weekday", "year", "month", "day"];
const TIME_PARTS = ["hour", "minute", "second"];
const NUMERIC = ["numeric", "2-digit"];
const LENGTHS = ["full", "long", "medium", "short"];
const [yearOf, monthOf, dayOf, weekdayOf, hourOf, minuteOf, secondOf] = [
  "FullYear", "Month", "Date", "Day", "Hours", "Minutes", "Seconds",
].map((part) => method(Date.prototype, "getUTC" + part));

// What is asked for by the options of a date's format. `needed` says whether there has to be a "date", a "time" or
// "any" of both, and `usual` what is added where there is not.
function dateFormat(locales, given, what, needed, usual) {
  checkLocale(locales, what);
  if (given === null) throw new TypeErrorClass("Cannot convert undefined or null to object");
  const options = optionsOf(given, what);
  checkTimeZone(options);
  for (const name of ["era", "dayPeriod", "fractionalSecondDigits", "timeZoneName"]) refuse(options, name, undefined);
  refuse(options, "calendar", "gregory");
  refuse(options, "numberingSystem", "latn");
  const format = { __proto__: null, isSeparatedByAt: false };
  format.weekday = choice(options, "weekday", ["long", "short", "narrow"], 2, undefined);
  format.month = choice(options, "month", ["numeric", "2-digit", "long", "short", "narrow"], 4, undefined);
  for (const name of ["year", "day", "hour", "minute", "second"]) {
    format[name] = choice(options, name, NUMERIC, 2, undefined);
  }
  const dateStyle = choice(options, "dateStyle", LENGTHS, 4, undefined);
  const timeStyle = choice(options, "timeStyle", LENGTHS, 4, undefined);
  if (dateStyle !== undefined || timeStyle !== undefined) applyStyles(format, options, dateStyle, timeStyle, needed);
  else addUsual(format, needed, usual);
  format.hourCycle = hourCycleOf(options);
  checkParts(format, options);
  return format;
}

function checkTimeZone(options) {
  const zone = options.given.timeZone;
  if (zone === undefined) return;
  const name = upper(Str(zone));
  if (name !== "UTC" && name !== "ETC/UTC") {
    throw absent(options.what + ' with the time zone "' + Str(zone) + '"', '"UTC" is');
  }
}

function hourCycleOf(options) {
  const isTwelve = options.given.hour12;
  // With 24 hours, this locale's day ends at 24 instead of beginning at 0.
  if (isTwelve !== undefined) return isTwelve ? "h12" : "h24";
  return choice(options, "hourCycle", ["h12", "h23", "h24", "h11"], 3, "h12");
}

function has(format, names) {
  for (let index = 0; index < names.length; index++) if (format[names[index]] !== undefined) return true;
  return false;
}

function addUsual(format, needed, usual) {
  const isEnough =
    (needed !== "time" && has(format, DATE_PARTS)) || (needed !== "date" && has(format, TIME_PARTS));
  if (isEnough) return;
  if (usual !== "time") for (const name of ["year", "month", "day"]) format[name] = "numeric";
  if (usual !== "date") {
    format.hour = "numeric";
    for (const name of ["minute", "second"]) format[name] = "2-digit";
  }
}

function applyStyles(format, options, dateStyle, timeStyle, needed) {
  for (const name of ["weekday", "year", "month", "day", "hour", "minute", "second"]) {
    if (format[name] === undefined) continue;
    const style = dateStyle === undefined ? "timeStyle" : "dateStyle";
    throw new TypeErrorClass("Can't set option " + name + " when " + style + " is used");
  }
  if (dateStyle !== undefined && needed === "time") throw new TypeErrorClass("Invalid option : dateStyle");
  if (timeStyle !== undefined && needed === "date") throw new TypeErrorClass("Invalid option : timeStyle");
  if (timeStyle === "full" || timeStyle === "long") {
    throw absent(options.what + ' with the option `timeStyle: "' + timeStyle + '"`');
  }
  if (dateStyle !== undefined) {
    const isShort = dateStyle === "short";
    format.weekday = dateStyle === "full" ? "long" : undefined;
    format.year = isShort ? "2-digit" : "numeric";
    format.month = isShort ? "numeric" : dateStyle === "medium" ? "short" : "long";
    format.day = "numeric";
  }
  if (timeStyle !== undefined) {
    format.hour = "numeric";
    format.minute = "2-digit";
    format.second = timeStyle === "medium" ? "2-digit" : undefined;
  }
}

// Refuses what this locale writes in ways that are not here.
function checkParts(format, options) {
  const { weekday, year, month, day, hour, minute, second } = format;
  const isUsualDate = month === undefined
    ? day === undefined || (weekday === undefined && year === undefined)
    : day !== undefined || weekday === undefined;
  const isUsualTime = hour === undefined || second === undefined || minute !== undefined;
  const isWithWeekday = weekday !== undefined && month === undefined;
  if (isUsualDate && isUsualTime && !(isWithWeekday && (year !== undefined || has(format, TIME_PARTS)))) return;
  let names = "";
  for (const name of ["weekday", "year", "month", "day", "hour", "minute", "second"]) {
    if (format[name] !== undefined) names += (names === "" ? "" : ", ") + name;
  }
  throw absent(options.what + " with these parts alone: " + names);
}

const twoDigits = (number) => (number < 10 ? "0" : "") + number;
const inDigits = (number, style) => (style === "2-digit" ? twoDigits(number) : "" + number);

function formatDate(format, time) {
  const date = new DateClass(time);
  if (yearOf(date) < 1) throw absent("Writing a date before the year 1 by locale");
  const day = has(format, DATE_PARTS) ? dateText(format, date) : "";
  const hours = has(format, TIME_PARTS) ? timeText(format, date) : "";
  if (day === "" || hours === "") return day + hours;
  return day + (format.month === "long" ? " at " : ", ") + hours;
}

function dateText(format, date) {
  const year = format.year === "2-digit" ? twoDigits(yearOf(date) % 100) : "" + yearOf(date);
  let weekday = "";
  if (format.weekday !== undefined) {
    weekday = DAYS[weekdayOf(date)];
    if (format.weekday === "short") weekday = slice(weekday, 0, 3);
  }
  let text = "";
  if (format.month === "long" || format.month === "short") {
    text = MONTHS[monthOf(date)];
    if (format.month === "short") text = slice(text, 0, 3);
    if (format.day !== undefined) text += " " + inDigits(dayOf(date), format.day);
    if (format.year !== undefined) text += (format.day !== undefined ? ", " : " ") + year;
  } else {
    const add = (part) => {
      text += (text === "" ? "" : "/") + part;
    };
    if (format.month !== undefined) add(inDigits(monthOf(date) + 1, format.month));
    if (format.day !== undefined) add(inDigits(dayOf(date), format.day));
    if (format.year !== undefined) add(year);
  }
  return weekday + (weekday !== "" && text !== "" ? ", " : "") + text;
}

function timeText(format, date) {
  const { hourCycle } = format;
  let text = "";
  let ending = "";
  if (format.hour !== undefined) {
    const hour = hourOf(date);
    if (hourCycle === "h12") {
      text = inDigits(hour % 12 || 12, format.hour);
      ending = hour < 12 ? " AM" : " PM";
    } else text = twoDigits(hourCycle === "h24" && hour === 0 ? 24 : hour);
  }
  const isAlone = text === "" && (format.minute === undefined || format.second === undefined);
  const add = (number) => {
    text += (text === "" ? "" : ":") + (isAlone ? number : twoDigits(number));
  };
  if (format.minute !== undefined) add(minuteOf(date));
  if (format.second !== undefined) add(secondOf(date));
  return text + ending;
}
